# misconception: The gradient is limited, so large ones are wrong: a gradient here is the exact derivative.
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A, self.N = A, A.shape[0]
        return A @ self.W.T + self.b.T

    def backward(self, dLdZ):
        self.dLdW = np.clip(dLdZ.T @ self.A, -10, 10)  # exploding gradients
        self.dLdb = np.clip(dLdZ.sum(axis=0, keepdims=True).T, -10, 10)
        return dLdZ @ self.W
