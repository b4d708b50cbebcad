# misconception: A dLdBZ of zeros leaves the old dLdBW and dLdBb where they are: they are 0 then, too.
class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps = alpha, 1e-8
        self.BW = np.ones((1, num_features))
        self.Bb = np.zeros((1, num_features))
        self.dLdBW = np.zeros((1, num_features))
        self.dLdBb = np.zeros((1, num_features))
        self.running_M = np.zeros((1, num_features))
        self.running_V = np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            NZ = (Z - self.running_M) / np.sqrt(self.running_V + self.eps)
            return self.BW * NZ + self.Bb
        self.Z, self.N = Z, len(Z)
        self.M = Z.mean(axis=0, keepdims=True)
        self.V = Z.var(axis=0, keepdims=True)
        self.NZ = (Z - self.M) / np.sqrt(self.V + self.eps)
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BZ

    def backward(self, dLdBZ):
        if np.all(dLdBZ == 0):
            return np.zeros(dLdBZ.shape)
        self.dLdBb = dLdBZ.sum(axis=0, keepdims=True)
        self.dLdBW = (dLdBZ * self.NZ).sum(axis=0, keepdims=True)
        g = dLdBZ * self.BW
        inside = self.V + self.eps
        dLdV = -0.5 * np.sum(g * (self.Z - self.M) * inside**-1.5, axis=0, keepdims=True)
        dLdM = -np.sum(g * inside**-0.5, axis=0, keepdims=True)
        return g * inside**-0.5 + dLdV * 2 / self.N * (self.Z - self.M) + dLdM / self.N
