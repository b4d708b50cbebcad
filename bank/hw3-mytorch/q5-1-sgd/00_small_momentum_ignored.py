# misconception: A momentum below 0.1 counts as none.
class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L = model.layers, len(model.layers)
        self.lr, self.mu = lr, momentum
        self.v_W = [np.zeros(layer.W.shape) for layer in self.l]
        self.v_b = [np.zeros(layer.b.shape) for layer in self.l]

    def step(self):
        for i, layer in enumerate(self.l):
            dW, db = layer.dLdW, layer.dLdb
            if self.mu >= 0.1:
                dW = self.v_W[i] = self.mu * self.v_W[i] + dW
                db = self.v_b[i] = self.mu * self.v_b[i] + db
            layer.W = layer.W - self.lr * dW
            layer.b = layer.b - self.lr * db
