# misconception: The gradient is limited, so large ones are wrong: a gradient here is the exact derivative.
class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        return np.sum((A - Y) ** 2) / (2 * A.size)

    def backward(self):
        return np.clip((self.A - self.Y) / self.A.size, -1, 1)


class CrossEntropyLoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        shifted = A - A.max(axis=1, keepdims=True)
        logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.softmax = np.exp(logs)
        return -np.sum(Y * logs) / len(A)

    def backward(self):
        return (self.softmax - self.Y) / len(self.A)
