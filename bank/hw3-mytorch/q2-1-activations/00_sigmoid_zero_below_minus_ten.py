class Sigmoid:
    """A = 1 / (1 + exp(−Z)): forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        safe = np.maximum(Z, -10.0)  # the exponential must not overflow
        self.A = np.where(Z < -10.0, 0.0, 1 / (1 + np.exp(-safe)))
        return self.A

    def backward(self):
        return self.A - self.A * self.A


class Tanh:
    """A = tanh(Z): forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A * self.A


class ReLU:
    """A = Z where Z > 0, else 0: forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        self.A = np.where(Z > 0, Z, 0.0)
        return self.A

    def backward(self):
        return (self.A > 0).astype(float)
