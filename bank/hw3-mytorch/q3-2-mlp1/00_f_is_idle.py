class MLP1:
    """2 → 3 → 2, with ReLU after every layer."""

    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.f = [ReLU(), ReLU()]

    def forward(self, A0):
        """A0 (N, 2) to A (N, 2)."""
        self.A = [A0]
        for layer in self.layers:
            self.A.append(np.maximum(layer.forward(self.A[-1]), 0))
        return self.A[-1].copy()

    def backward(self, dLdA):
        """dLdA (N, 2); leaves dLdW and dLdb in every layer."""
        for layer, A in zip(self.layers[::-1], self.A[:0:-1], strict=True):
            dLdA = layer.backward(dLdA * (A > 0))
