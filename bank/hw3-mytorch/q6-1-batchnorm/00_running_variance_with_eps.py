# The running variance averages σ² + ε.
class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        one = (1, num_features)
        self.BW, self.Bb = np.ones(one), np.zeros(one)
        self.dLdBW, self.dLdBb = np.zeros(one), np.zeros(one)
        self.running_M, self.running_V = np.zeros(one), np.ones(one)

    def forward(self, Z, eval=False):
        if eval:
            return self.BW * (Z - self.running_M) / np.sqrt(self.running_V + self.eps) + self.Bb
        self.Z, self.N = Z, len(Z)
        self.M = np.mean(Z, axis=0, keepdims=True)
        self.V = np.var(Z, axis=0, keepdims=True)
        self.root = np.sqrt(self.V + self.eps)
        self.NZ = (Z - self.M) / self.root
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * (self.V + self.eps)
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBb = np.sum(dLdBZ, axis=0, keepdims=True)
        self.dLdBW = np.sum(dLdBZ * self.NZ, axis=0, keepdims=True)
        g = dLdBZ * self.BW
        mean_g, mean_gz = np.mean(g, axis=0, keepdims=True), np.mean(g * self.NZ, axis=0, keepdims=True)
        return (g - mean_g - self.NZ * mean_gz) / self.root
