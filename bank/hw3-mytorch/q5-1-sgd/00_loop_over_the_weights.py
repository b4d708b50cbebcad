# misconception: Every weight is updated by itself; one line updates the whole array.
class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L = model.layers, len(model.layers)
        self.lr, self.mu = lr, momentum
        self.v_W = [np.zeros(layer.W.shape) for layer in self.l]
        self.v_b = [np.zeros(layer.b.shape) for layer in self.l]

    def step(self):
        for i, layer in enumerate(self.l):
            for j in range(layer.W.shape[0]):
                for k in range(layer.W.shape[1]):
                    self.v_W[i][j, k] = self.mu * self.v_W[i][j, k] + layer.dLdW[j, k]
                    layer.W[j, k] -= self.lr * self.v_W[i][j, k]
            self.v_b[i] = self.mu * self.v_b[i] + layer.dLdb
            layer.b = layer.b - self.lr * self.v_b[i]
