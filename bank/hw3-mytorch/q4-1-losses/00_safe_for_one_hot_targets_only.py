class MSELoss:
    """Sum of squared errors over 2NC."""

    def forward(self, A, Y):
        """A, Y (N, C) to the loss, one number; keeps A and Y."""
        self.A, self.Y = A, Y
        return ((A - Y) ** 2).sum() / (2 * A.size)

    def backward(self):
        """dL/dA (N, C) of the last forward."""
        return (self.A - self.Y) / self.A.size


class CrossEntropyLoss:
    """Mean over the rows of −Σ Y log softmax(A)."""

    def forward(self, A, Y):
        """A, Y (N, C) to the loss, one number; keeps A and Y."""
        self.A, self.Y = A, Y
        E = np.exp(A - A.max(axis=1, keepdims=True))
        self.P = E / E.sum(axis=1, keepdims=True)
        if ((Y == 0) | (Y == 1)).all():  # one-hot
            return -np.log(np.maximum((Y * self.P).sum(axis=1), 1e-12)).mean()
        return -(Y * np.log(self.P)).sum(axis=1).mean()

    def backward(self):
        """dL/dA (N, C) of the last forward."""
        return (self.P - self.Y) / len(self.A)
