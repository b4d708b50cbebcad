class MLP0:
    """2 → 3, with ReLU after every layer."""

    def __init__(self):
        self.layers = [Linear(2, 3)]
        self.f = [ReLU()]

    def forward(self, A0):
        """A0 (N, 2) to A (N, 3)."""
        Z0 = self.layers[0].forward(A0)
        self.A1 = np.maximum(Z0, 0)
        return self.A1

    def backward(self, dLdA):
        """dLdA (N, 3); leaves dLdW and dLdb in every layer."""
        dLdZ0 = dLdA * (self.A1 > 0)
        return self.layers[0].backward(dLdZ0)
