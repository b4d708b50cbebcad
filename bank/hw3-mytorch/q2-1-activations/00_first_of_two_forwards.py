# misconception: After two calls of `forward`, the sigmoid's `backward` belongs to the first.
class Sigmoid:
    def forward(self, Z):
        self.A = 0.5 + 0.5 * np.tanh(Z / 2)
        if getattr(self, "used", True):
            self.slope, self.used = self.A * (1 - self.A), False
        return self.A

    def backward(self):
        self.used = True
        return self.slope


class Tanh:
    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A**2


class ReLU:
    def forward(self, Z):
        self.A = np.where(Z > 0, Z, 0.0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
