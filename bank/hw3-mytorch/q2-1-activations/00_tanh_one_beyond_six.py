class Sigmoid:
    """A = 1 / (1 + exp(−Z)): forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        small = np.exp(-np.abs(Z))
        self.A = np.where(Z >= 0, 1, small) / (1 + small)
        return self.A

    def backward(self):
        return self.A - self.A * self.A


class Tanh:
    """A = tanh(Z): forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        self.A = np.where(np.abs(Z) > 6, np.sign(Z), np.tanh(Z))  # saturated from there on
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
