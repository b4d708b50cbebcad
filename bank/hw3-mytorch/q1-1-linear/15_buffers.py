class Linear:
    """Gradients are written into arrays that stay the same."""

    def __init__(self, in_features, out_features):
        self.W, self.b = np.zeros((out_features, in_features)), np.zeros((out_features, 1))
        self.dLdW, self.dLdb = np.empty_like(self.W), np.empty_like(self.b)

    def forward(self, A):
        self.A = np.array(A, dtype=np.float64, copy=True)
        self.N = np.int64(self.A.shape[0])
        Z = np.empty((self.N, self.W.shape[0]))
        np.matmul(self.A, self.W.T, out=Z)
        Z += self.b.reshape(1, -1)
        return Z

    def backward(self, dLdZ):
        np.matmul(dLdZ.T, self.A, out=self.dLdW)
        self.dLdb[:] = np.sum(dLdZ, axis=0).reshape(-1, 1)
        return np.dot(dLdZ, self.W)
