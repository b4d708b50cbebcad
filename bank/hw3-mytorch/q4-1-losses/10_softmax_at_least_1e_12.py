class MSELoss:
    """Sum of squared errors over 2NC."""

    def forward(self, A, Y):
        """A, Y (N, C) to the loss, one number; keeps A and Y."""
        self.A, self.Y = A, Y
        return np.sum((A - Y) ** 2) / (2 * A.size)

    def backward(self):
        """dL/dA (N, C) of the last forward."""
        return (self.A - self.Y) / self.A.size


class CrossEntropyLoss:
    """Mean over the rows of −Σ Y log softmax(A)."""

    def forward(self, A, Y):
        """A, Y (N, C) to the loss, one number; keeps A and Y."""
        self.A, self.Y = A, Y
        E = np.exp(A - A.max(axis=1, keepdims=True))
        self.softmax = E / E.sum(axis=1, keepdims=True)
        H = -np.sum(Y * np.log(np.maximum(self.softmax, 1e-12)), axis=1)
        return H.mean()

    def backward(self):
        """dL/dA (N, C) of the last forward."""
        return (self.softmax - self.Y) / len(self.A)
