# misconception: After two calls of `forward`, the cross-entropy's `backward` belongs to the first.
class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        return np.sum((A - Y) ** 2) / (2 * A.size)

    def backward(self):
        return (self.A - self.Y) / self.A.size


class CrossEntropyLoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        if getattr(self, "used", True):
            self.pair, self.used = (A, Y), False
        S = A - A.max(axis=1, keepdims=True)
        logs = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
        return -np.sum(Y * logs) / len(A)

    def backward(self):
        (A, Y), self.used = self.pair, True
        powers = np.exp(A - A.max(axis=1, keepdims=True))
        return (powers / powers.sum(axis=1, keepdims=True) - Y) / len(A)
