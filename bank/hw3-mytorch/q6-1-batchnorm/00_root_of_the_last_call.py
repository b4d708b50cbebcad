# misconception: The root that backward needs is overwritten by inference.
class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha = alpha
        self.eps = 1e-8
        self.BW = np.ones((1, num_features))
        self.Bb = np.zeros((1, num_features))
        self.dLdBW = np.zeros((1, num_features))
        self.dLdBb = np.zeros((1, num_features))
        self.running_M = np.zeros((1, num_features))
        self.running_V = np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            self.s = np.sqrt(self.running_V + self.eps)
            return self.BW * (Z - self.running_M) / self.s + self.Bb
        self.Z = Z
        self.N = Z.shape[0]
        self.M = np.mean(Z, axis=0, keepdims=True)
        self.V = np.var(Z, axis=0, keepdims=True)
        self.s = np.sqrt(self.V + self.eps)
        self.NZ = (Z - self.M) / self.s
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBW = np.sum(dLdBZ * self.NZ, axis=0, keepdims=True)
        self.dLdBb = np.sum(dLdBZ, axis=0, keepdims=True)
        g = dLdBZ * self.BW
        s = self.s
        dLdV = -0.5 * np.sum(g * (self.Z - self.M) * s**-3, axis=0, keepdims=True)
        dLdM = -np.sum(g / s, axis=0, keepdims=True)
        dLdZ = g / s + dLdV * (2 / self.N) * (self.Z - self.M) + dLdM / self.N
        return dLdZ
