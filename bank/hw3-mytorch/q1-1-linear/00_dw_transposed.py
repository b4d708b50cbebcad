# misconception: dLdW has the shape of W, (C_out, C_in); yours is transposed.
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A = A
        self.N = A.shape[0]
        Z = A @ self.W.T + self.b.T
        return Z

    def backward(self, dLdZ):
        dLdA = dLdZ @ self.W
        self.dLdW = self.A.T @ dLdZ
        self.dLdb = np.sum(dLdZ, axis=0, keepdims=True).T
        return dLdA
