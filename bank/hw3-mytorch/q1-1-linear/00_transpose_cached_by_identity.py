class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))
        self._seen = None

    def forward(self, A):
        self.A, self.N = A, len(A)
        if self._seen is not self.W:
            self._seen, self._WT = self.W, np.ascontiguousarray(self.W.T).copy()
        return A @ self._WT + self.b.T

    def backward(self, dLdZ):
        self.dLdW = dLdZ.T @ self.A
        self.dLdb = dLdZ.sum(axis=0)[:, None]
        return dLdZ @ self.W
