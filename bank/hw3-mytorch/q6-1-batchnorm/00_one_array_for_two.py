# misconception: Two attributes are the same array, so a change of one changes the other: make an array for each.
class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        ones, zeros = np.ones((1, num_features)), np.zeros((1, num_features))
        self.BW, self.Bb = ones, zeros
        self.dLdBW, self.dLdBb = np.zeros((1, num_features)), np.zeros((1, num_features))
        self.running_M, self.running_V = zeros, ones

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
        self.dLdBb = dLdBZ.sum(axis=0, keepdims=True)
        self.dLdBW = (dLdBZ * self.NZ).sum(axis=0, keepdims=True)
        g = dLdBZ * self.BW
        dLdV = -0.5 * (g * (self.Z - self.M)).sum(axis=0, keepdims=True) * (self.V + self.eps) ** -1.5
        dLdM = -(g * (self.V + self.eps) ** -0.5).sum(axis=0, keepdims=True)
        return g * (self.V + self.eps) ** -0.5 + dLdV * 2 / self.N * (self.Z - self.M) + dLdM / self.N
