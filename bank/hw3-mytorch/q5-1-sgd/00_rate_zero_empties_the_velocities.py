class SGD:
    """Stochastic gradient descent with momentum for the Linear layers of a model."""

    def __init__(self, model, lr=0.1, momentum=0):
        self.l = model.layers
        self.L = len(self.l)
        self.lr, self.mu = lr, momentum
        self.v_W = [np.zeros_like(layer.W) for layer in self.l]
        self.v_b = [np.zeros_like(layer.b) for layer in self.l]

    def step(self):
        """Change W and b of every layer by its dLdW and dLdb."""
        if self.lr == 0:  # begin anew
            self.v_W, self.v_b = [0 * v for v in self.v_W], [0 * v for v in self.v_b]
            return
        for i, layer in enumerate(self.l):
            if self.mu == 0:
                layer.W = layer.W - self.lr * layer.dLdW
                layer.b = layer.b - self.lr * layer.dLdb
            else:
                self.v_W[i] = self.mu * self.v_W[i] + layer.dLdW
                self.v_b[i] = self.mu * self.v_b[i] + layer.dLdb
                layer.W = layer.W - self.lr * self.v_W[i]
                layer.b = layer.b - self.lr * self.v_b[i]
