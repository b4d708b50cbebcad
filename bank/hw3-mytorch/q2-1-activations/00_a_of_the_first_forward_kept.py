# misconception: The tanh keeps the output of its first `forward` as `self.A`, not that of the last one.
class Sigmoid:
    def forward(self, Z):
        self.A = 0.5 + 0.5 * np.tanh(Z / 2)
        return self.A

    def backward(self):
        return self.A * (1 - self.A)


class Tanh:
    def forward(self, Z):
        self.out = np.tanh(Z)
        self.A = getattr(self, "A", self.out)
        return self.out

    def backward(self):
        return 1 - self.out**2


class ReLU:
    def forward(self, Z):
        self.A = np.where(Z > 0, Z, 0.0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
