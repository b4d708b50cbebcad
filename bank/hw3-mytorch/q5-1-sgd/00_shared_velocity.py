# misconception: The layers share one velocity for b: each needs an array of its own, shaped like its b.
class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l = model.layers
        self.L = len(model.layers)
        self.lr = lr
        self.mu = momentum
        self.v_W = [np.zeros(self.l[i].W.shape) for i in range(self.L)]
        self.v_b = [np.zeros((1, 1))] * self.L

    def step(self):
        for i in range(self.L):
            self.v_W[i] = self.mu * self.v_W[i] + self.l[i].dLdW
            self.v_b[0] = self.mu * self.v_b[0] + self.l[i].dLdb.mean()
            self.l[i].W = self.l[i].W - self.lr * self.v_W[i]
            self.l[i].b = self.l[i].b - self.lr * self.v_b[i]
