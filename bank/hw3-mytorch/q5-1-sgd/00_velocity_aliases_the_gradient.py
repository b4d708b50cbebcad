# misconception: On the first step the velocity is the gradient array itself: copy it.
class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L, self.lr, self.mu = model.layers, len(model.layers), lr, momentum
        self.v_W = [np.zeros_like(x.W) for x in self.l]
        self.v_b = [np.zeros_like(x.b) for x in self.l]
        self.first = True

    def step(self):
        for i, x in enumerate(self.l):
            if self.first:
                self.v_W[i], self.v_b[i] = x.dLdW, x.dLdb
            else:
                self.v_W[i] *= self.mu
                self.v_W[i] += x.dLdW
                self.v_b[i] *= self.mu
                self.v_b[i] += x.dLdb
            x.W = x.W - self.lr * self.v_W[i]
            x.b = x.b - self.lr * self.v_b[i]
        self.first = False
