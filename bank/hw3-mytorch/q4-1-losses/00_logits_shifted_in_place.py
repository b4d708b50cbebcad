# misconception: The logits that were given are shifted in place: work on an array of your own.
class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        self.N, self.C = A.shape
        return np.sum((A - Y) * (A - Y)) / (2 * self.N * self.C)

    def backward(self):
        return (self.A - self.Y) / (self.N * self.C)


class CrossEntropyLoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        self.N, self.C = A.shape
        self.A = A.copy()
        A -= np.max(A, axis=1, keepdims=True)
        S = A
        logp = S - np.log(np.sum(np.exp(S), axis=1, keepdims=True))
        self.softmax = np.exp(logp)
        return -np.sum(Y * logp) / self.N

    def backward(self):
        return (self.softmax - self.Y) / self.N
