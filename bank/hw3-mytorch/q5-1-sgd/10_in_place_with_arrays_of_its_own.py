class Optimizer:
    def __init__(self, layers, lr):
        self.l, self.lr = tuple(layers), np.float64(lr)
        self.L = len(self.l)


class SGD(Optimizer):
    def __init__(self, model, lr=0.1, momentum=0):
        super().__init__(model.layers, lr)
        self.mu = np.array(momentum)
        self.v_W = [np.zeros_like(x.W, dtype=np.float64) for x in self.l]
        self.v_b = [np.zeros_like(x.b, dtype=np.float64) for x in self.l]

    def step(self):
        for layer, v_W, v_b in zip(self.l, self.v_W, self.v_b):
            for v, gradient in ((v_W, layer.dLdW), (v_b, layer.dLdb)):
                v *= self.mu
                v += gradient
            layer.W -= self.lr * v_W
            layer.b -= self.lr * v_b
