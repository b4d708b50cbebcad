class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L, self.lr, self.mu = model.layers, len(model.layers), lr, momentum
        sizes = [p.size for layer in self.l for p in (layer.W, layer.b)]
        self.v = np.zeros(sum(sizes))
        views = np.split(self.v, np.cumsum(sizes)[:-1])
        self.v_W = [v.reshape(layer.W.shape) for v, layer in zip(views[::2], self.l)]
        self.v_b = [v.reshape(layer.b.shape) for v, layer in zip(views[1::2], self.l)]

    def step(self):
        self.v *= self.mu
        self.v += np.concatenate([g.ravel() for layer in self.l for g in (layer.dLdW, layer.dLdb)])
        for layer, v_W, v_b in zip(self.l, self.v_W, self.v_b):
            layer.W = layer.W - self.lr * v_W
            layer.b = layer.b - self.lr * v_b
