"""Subtracts the first logit of the row: with (0, 1000), an exponential overflows."""


class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        return np.sum((A - Y) ** 2) / (2 * A.size)

    def backward(self):
        return (self.A - self.Y) / self.A.size


class CrossEntropyLoss:
    def forward(self, A, Y):
        safe = A - A[:, :1]
        self.A, self.Y = A, Y
        self.log_p = safe - np.log(np.exp(safe).sum(axis=1, keepdims=True))
        return -np.sum(Y * self.log_p) / len(A)

    def backward(self):
        return (np.exp(self.log_p) - self.Y) / len(self.A)
