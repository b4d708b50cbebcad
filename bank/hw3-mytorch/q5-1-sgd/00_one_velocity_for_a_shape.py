"""Layers of the same shape share one velocity."""


class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L, self.lr, self.mu = model.layers, len(model.layers), lr, momentum
        zeros = {}
        for layer in self.l:
            for p in (layer.W, layer.b):
                zeros.setdefault((p is layer.W, p.shape), np.zeros(p.shape))
        self.v_W = [zeros[True, layer.W.shape] for layer in self.l]
        self.v_b = [zeros[False, layer.b.shape] for layer in self.l]

    def step(self):
        for layer, v_W, v_b in zip(self.l, self.v_W, self.v_b):
            v_W *= self.mu
            v_W += layer.dLdW
            v_b *= self.mu
            v_b += layer.dLdb
            layer.W = layer.W - self.lr * v_W
            layer.b = layer.b - self.lr * v_b
