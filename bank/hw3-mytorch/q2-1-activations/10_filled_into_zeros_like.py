class Sigmoid:
    """A = 1 / (1 + exp(−Z)): forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        A, right = np.zeros_like(Z), Z >= 0
        A[right] = 1 / (1 + np.exp(-Z[right]))
        small = np.exp(Z[~right])
        A[~right] = small / (1 + small)
        self.A = A
        return A

    def backward(self):
        return self.A - self.A * self.A


class Tanh:
    """A = tanh(Z): forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A**2


class ReLU:
    """A = Z where Z > 0, else 0: forward(Z), (N, C) to (N, C), keeps A; backward() returns dA/dZ, (N, C)."""

    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
