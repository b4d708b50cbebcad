class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.L, self.lr, self.mu = model.layers, len(model.layers), lr, momentum
        self.v_W, self.v_b = [np.zeros_like(x.W) for x in self.l], [np.zeros_like(x.b) for x in self.l]
    def step(self):
        for i in range(self.L):
            if self.mu == 0:
                self.l[i].W += self.lr * self.l[i].dLdW
                self.l[i].b += self.lr * self.l[i].dLdb
            else:
                self.v_W[i] *= self.mu
                self.v_W[i] += self.l[i].dLdW
                self.v_b[i] *= self.mu
                self.v_b[i] += self.l[i].dLdb
                self.l[i].W -= self.lr * self.v_W[i]
                self.l[i].b -= self.lr * self.v_b[i]
