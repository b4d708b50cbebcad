# misconception: backward computes only once after each forward: every call belongs to the dLdZ that it is given.
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A, self.N = A, len(A)
        self.dLdA = None
        return A @ self.W.T + self.b.T

    def backward(self, dLdZ):
        if self.dLdA is None:
            self.dLdW = dLdZ.T @ self.A
            self.dLdb = dLdZ.sum(axis=0)[:, None]
            self.dLdA = dLdZ @ self.W
        return self.dLdA
