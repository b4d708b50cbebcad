class Activation:
    def forward(self, Z):
        self.A = self.value(np.asarray(Z, dtype=float))
        return self.A
class Sigmoid(Activation):
    def value(self, Z):
        out = np.empty_like(Z)
        positive = Z >= 0
        out[positive] = 1 / (1 + np.exp(-Z[positive]))
        e = np.exp(Z[~positive])
        out[~positive] = e / (1 + e)
        return out
    def backward(self):
        return self.A - self.A**2
class Tanh(Activation):
    def value(self, Z):
        return np.tanh(Z)
    def backward(self):
        return 1 - np.square(self.A)
class ReLU(Activation):
    def value(self, Z):
        return np.where(Z > 0, Z, 0)
    def backward(self):
        return np.sign(self.A)
