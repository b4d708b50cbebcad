# misconception: A layer whose gradient is 0 is left out: its velocity still moves it.
class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L, self.lr, self.mu = model.layers, len(model.layers), lr, momentum
        self.v_W = [np.zeros_like(layer.W) for layer in self.l]
        self.v_b = [np.zeros_like(layer.b) for layer in self.l]

    def step(self):
        for i, layer in enumerate(self.l):
            if not layer.dLdW.any() and not layer.dLdb.any():
                continue
            self.v_W[i] = self.mu * self.v_W[i] + layer.dLdW
            self.v_b[i] = self.mu * self.v_b[i] + layer.dLdb
            layer.W = layer.W - self.lr * self.v_W[i]
            layer.b = layer.b - self.lr * self.v_b[i]
