import numpy as np
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features), dtype=np.float64)
        self.b = np.zeros((out_features, 1), dtype=np.float64)
    def forward(self, A):
        self.A = A
        self.N = A.shape[0]
        self.Ones = np.ones((self.N, 1))
        return A @ self.W.T + self.Ones @ self.b.T
    def backward(self, dLdZ):
        dZdA, dZdW, dZdb = self.W.T, self.A, self.Ones
        self.dLdW = dLdZ.T @ dZdW
        self.dLdb = dLdZ.T @ dZdb
        return dLdZ @ dZdA.T
