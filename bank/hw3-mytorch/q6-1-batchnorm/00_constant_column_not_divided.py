class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        self.BW, self.Bb = np.ones((1, num_features)), np.zeros((1, num_features))
        self.dLdBW, self.dLdBb = np.zeros((1, num_features)), np.zeros((1, num_features))
        self.running_M, self.running_V = np.zeros((1, num_features)), np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            NZ = (Z - self.running_M) / np.sqrt(self.running_V + self.eps)
            return self.BW * NZ + self.Bb
        self.Z, self.N = Z, len(Z)
        self.M = Z.mean(axis=0, keepdims=True)
        self.V = ((Z - self.M) ** 2).mean(axis=0, keepdims=True)
        self.NZ = (Z - self.M) / np.sqrt(self.V + self.eps)
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBb = dLdBZ.sum(axis=0, keepdims=True)
        self.dLdBW = (dLdBZ * self.NZ).sum(axis=0, keepdims=True)
        g, D, S = dLdBZ * self.BW, self.Z - self.M, self.V + self.eps
        dLdV = -0.5 * (g * D * S**-1.5).sum(axis=0, keepdims=True)
        dLdM = -(g * S**-0.5).sum(axis=0, keepdims=True)
        return np.where(self.V > 0, g * S**-0.5 + dLdV * 2 / self.N * D + dLdM / self.N, g - g.mean(axis=0))
