import functools
import operator

class Linear:
    """Z = A Wᵀ + ι bᵀ."""

    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A = A
        self.N = A.shape[0]
        return A @ self.W.T + self.b.T

    def backward(self, dLdZ):
        self.dLdW = dLdZ.T @ self.A
        self.dLdb = functools.reduce(operator.add, list(np.asarray(dLdZ)))[:, None]
        return dLdZ @ self.W
