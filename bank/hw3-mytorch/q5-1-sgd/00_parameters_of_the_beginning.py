# misconception: The arrays W and b of the beginning are kept: when a layer gets another W, a step misses it.
class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L = model.layers, len(model.layers)
        self.lr, self.mu = lr, momentum
        self.W, self.b = [layer.W for layer in self.l], [layer.b for layer in self.l]
        self.v_W, self.v_b = [np.zeros(W.shape) for W in self.W], [np.zeros(b.shape) for b in self.b]

    def step(self):
        for i, layer in enumerate(self.l):
            self.v_W[i] = self.mu * self.v_W[i] + layer.dLdW
            self.v_b[i] = self.mu * self.v_b[i] + layer.dLdb
            self.W[i] -= self.lr * self.v_W[i]
            self.b[i] -= self.lr * self.v_b[i]
