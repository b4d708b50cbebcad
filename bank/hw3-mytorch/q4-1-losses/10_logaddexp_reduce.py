class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        D = np.ravel(A - Y)
        return float(np.vdot(D, D)) / (2 * D.size)

    def backward(self):
        return np.divide(np.subtract(self.A, self.Y), np.size(self.A))


class CrossEntropyLoss:
    """The softmax is computed on the way back only."""

    def forward(self, A, Y):
        self.A, self.Y = A, Y
        return np.mean(np.logaddexp.reduce(A, axis=1) - np.einsum("ij,ij->i", A, Y))

    @property
    def log_softmax(self):
        return self.A - np.logaddexp.reduce(self.A, axis=1, keepdims=True)

    def backward(self):
        return (np.exp(self.log_softmax) - self.Y) / len(self.Y)
