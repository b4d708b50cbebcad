# misconception: W is kept as (C_in, C_out); it is (C_out, C_in), and transposed where it is used.
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((in_features, out_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A = A
        self.N = A.shape[0]
        Z = A @ self.W + self.b.T
        return Z

    def backward(self, dLdZ):
        dLdA = dLdZ @ self.W.T
        self.dLdW = self.A.T @ dLdZ
        self.dLdb = np.sum(dLdZ, axis=0, keepdims=True).T
        return dLdA
