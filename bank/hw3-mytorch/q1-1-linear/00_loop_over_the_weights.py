# misconception: dLdW is filled entry by entry; one matrix product gives all of them.
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A, self.N = A, len(A)
        return A @ self.W.T + self.b.T

    def backward(self, dLdZ):
        self.dLdW = np.zeros_like(self.W)
        for j in range(self.W.shape[0]):
            for k in range(self.W.shape[1]):
                self.dLdW[j, k] = dLdZ[:, j] @ self.A[:, k]
        self.dLdb = dLdZ.sum(axis=0)[:, None]
        return dLdZ @ self.W
