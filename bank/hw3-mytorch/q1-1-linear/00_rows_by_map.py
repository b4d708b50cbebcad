# misconception: map loops over the rows, one by one: a product of two arrays takes all of them at once.
class Linear:
    def __init__(self, in_features, out_features):
        self.W = np.zeros((out_features, in_features))
        self.b = np.zeros((out_features, 1))

    def forward(self, A):
        self.A, self.N = A, len(A)
        return np.array(list(map(self.W.dot, A))) + self.b.T

    def backward(self, dLdZ):
        self.dLdW = sum(map(np.outer, dLdZ, self.A))
        self.dLdb = np.sum(dLdZ, axis=0)[:, np.newaxis]
        return dLdZ @ self.W
