class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def __repr__(self):
        return f"Linear({self.W.shape[1]}, {self.W.shape[0]})"

    def forward(self, A):
        assert A.ndim == 2 and np.isfinite(A).all(), A
        first, self.A, self.N = not hasattr(self, "A"), A, A.shape[0]
        Z = np.matmul(A, self.W.T)
        np.add(Z, self.b.T, out=Z)
        if first:
            print(self, "A =", A, f"first row of Z: {Z[0]}")
        return Z

    def backward(self, dLdZ):
        if not hasattr(self, "dLdW"):
            print("dLdZ\n", dLdZ)
        self.dLdW = np.tensordot(dLdZ, self.A, axes=(0, 0))
        self.dLdb = np.add.reduce(dLdZ, axis=0)[:, np.newaxis]
        return np.inner(dLdZ, self.W.T)
