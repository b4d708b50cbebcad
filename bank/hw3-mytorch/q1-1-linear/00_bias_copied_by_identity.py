class Linear:
    """Z = A Wᵀ + ι bᵀ."""

    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A = A
        self.N = A.shape[0]
        if getattr(self, '_seen', None) is not self.b:
            self._seen, self._row = self.b, self.b.T.copy()
        return A @ self.W.T + self._row

    def backward(self, dLdZ):
        self.dLdW = dLdZ.T @ self.A
        self.dLdb = dLdZ.sum(axis=0)[:, None]
        return dLdZ @ self.W
