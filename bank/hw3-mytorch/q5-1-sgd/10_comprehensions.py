class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l = list(model.layers)
        self.L, self.lr, self.mu = len(self.l), lr, momentum
        self.v_W = [0 * layer.W for layer in self.l]
        self.v_b = [0 * layer.b for layer in self.l]
    def step(self):
        self.v_W = [self.mu * v + layer.dLdW for v, layer in zip(self.v_W, self.l)]
        self.v_b = [self.mu * v + layer.dLdb for v, layer in zip(self.v_b, self.l)]
        for layer, vw, vb in zip(self.l, self.v_W, self.v_b):
            layer.W, layer.b = layer.W - self.lr * vw, layer.b - self.lr * vb
