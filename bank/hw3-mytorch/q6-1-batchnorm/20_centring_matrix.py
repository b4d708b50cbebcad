class BatchNorm1d:
    eps = 1e-8

    def __init__(self, num_features, alpha=0.9):
        self.alpha = alpha
        self.BW, self.running_V = (np.ones((1, num_features), dtype=float) for _ in range(2))
        self.Bb, self.running_M, self.dLdBW, self.dLdBb = (np.zeros((1, num_features)) for _ in range(4))

    def forward(self, Z, eval=False):
        return self._infer(Z) if eval else self._train(Z)

    def _infer(self, Z):
        slope = self.BW / np.sqrt(self.running_V + self.eps)
        return Z * slope + (self.Bb - self.running_M * slope)

    def _train(self, Z):
        self.Z, self.N = Z, Z.shape[0]
        self.centre = np.eye(self.N) - 1 / self.N
        centred = self.centre @ Z
        self.M = np.full((1, self.N), 1 / self.N) @ Z
        self.V = np.einsum("nc,nc->c", centred, centred)[None] / self.N
        self.NZ = centred / (self.V + self.eps) ** 0.5
        self.BZ = self.NZ * self.BW + self.Bb
        self.running_M = np.average([self.running_M, self.M], axis=0, weights=[self.alpha, 1 - self.alpha])
        self.running_V = np.average([self.running_V, self.V], axis=0, weights=[self.alpha, 1 - self.alpha])
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBb = dLdBZ.sum(axis=0, keepdims=True)
        self.dLdBW = np.diag(dLdBZ.T @ self.NZ)[None].copy()
        g = dLdBZ * self.BW
        along = (g * self.NZ).mean(axis=0, keepdims=True)
        return self.centre @ (g - self.NZ * along) / np.sqrt(self.V + self.eps)
