class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self):
        return self.A - self.A * self.A


class Tanh:
    def forward(self, Z):
        self.Z, self.A = Z.copy(), np.tanh(Z)
        return self.A

    def backward(self):
        return 1.0 / np.cosh(np.clip(self.Z, -300, 300)) ** 2


class ReLU:
    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self):
        return np.heaviside(self.A, 0.0)
