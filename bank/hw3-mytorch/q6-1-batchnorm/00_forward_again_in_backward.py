# misconception: backward runs a training forward once more, and with it the running statistics move twice.
class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        self.BW, self.Bb = np.ones((1, num_features)), np.zeros((1, num_features))
        self.dLdBW, self.dLdBb = np.zeros((1, num_features)), np.zeros((1, num_features))
        self.running_M, self.running_V = np.zeros((1, num_features)), np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            return self.BW * (Z - self.running_M) / np.sqrt(self.running_V + self.eps) + self.Bb
        self.Z, self.N = Z, len(Z)
        self.M, self.V = Z.mean(axis=0, keepdims=True), Z.var(axis=0, keepdims=True)
        self.NZ = (Z - self.M) / np.sqrt(self.V + self.eps)
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BZ

    def backward(self, dLdBZ):
        self.forward(self.Z)  # fresh NZ, M and V
        self.dLdBb = dLdBZ.sum(axis=0, keepdims=True)
        self.dLdBW = (dLdBZ * self.NZ).sum(axis=0, keepdims=True)
        g = dLdBZ * self.BW / np.sqrt(self.V + self.eps)
        return g - g.mean(axis=0) - self.NZ * (g * self.NZ).mean(axis=0)
