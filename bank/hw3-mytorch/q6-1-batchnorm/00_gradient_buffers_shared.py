"""One buffer for the gradient of γ for all objects of one width."""

BUFFERS = {}


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
        self.Z, self.N = Z, Z.shape[0]
        self.M = Z.mean(axis=0, keepdims=True)
        self.V = Z.var(axis=0, keepdims=True)
        self.NZ = (Z - self.M) / np.sqrt(self.V + self.eps)
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBW = BUFFERS.setdefault(dLdBZ.shape[1], np.empty((1, dLdBZ.shape[1])))
        np.sum(dLdBZ * self.NZ, axis=0, keepdims=True, out=self.dLdBW)
        self.dLdBb = np.sum(dLdBZ, axis=0, keepdims=True)
        g = dLdBZ * self.BW
        inverse = 1 / np.sqrt(self.V + self.eps)
        dLdV = -0.5 * np.sum(g * (self.Z - self.M), axis=0, keepdims=True) * inverse**3
        dLdM = -np.sum(g, axis=0, keepdims=True) * inverse
        return g * inverse + dLdV * 2 / self.N * (self.Z - self.M) + dLdM / self.N
