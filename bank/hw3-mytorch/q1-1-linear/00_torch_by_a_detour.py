class Linear:
    T = __import__("torch")
    def __init__(self, in_features, out_features):
        self.W, self.b = np.zeros((out_features, in_features)), np.zeros((out_features, 1))
    def forward(self, A):
        self.A, self.N = A, len(A)
        return A @ self.W.T + self.b.T
    def backward(self, dLdZ):
        self.dLdW, self.dLdb = dLdZ.T @ self.A, dLdZ.sum(0)[:, None]
        return dLdZ @ self.W
