class Layer:
    def __call__(self, *args, **kwargs):
        return self.forward(*args, **kwargs)


class BatchNorm1d(Layer):
    def __init__(self, num_features, alpha=0.9):
        shape = (1, num_features)
        self.alpha, self.eps = float(alpha), np.float64(1e-8)
        for name in ("Bb", "dLdBW", "dLdBb", "running_M"):
            setattr(self, name, np.zeros(shape))
        for name in ("BW", "running_V"):
            setattr(self, name, np.ones(shape))

    def forward(self, Z, eval=False):
        mean, variance = (self.running_M, self.running_V) if eval else self.statistics(Z)
        NZ = (Z - mean) * (variance + self.eps) ** -0.5
        BZ = NZ * self.BW + self.Bb
        if not eval:
            self.NZ, self.BZ = NZ, BZ
        return BZ

    def statistics(self, Z):
        self.Z, self.N = Z, Z.shape[0]
        ones = np.ones((1, self.N)) / self.N
        self.M = ones @ Z
        self.V = ones @ np.square(Z - self.M)
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.M, self.V

    def backward(self, dLdBZ):
        ones = np.ones((1, self.N))
        self.dLdBb, self.dLdBW = ones @ dLdBZ, ones @ (dLdBZ * self.NZ)
        scale = self.BW / np.sqrt(self.V + self.eps) / self.N
        return scale * (self.N * dLdBZ - self.dLdBb - self.NZ * self.dLdBW)
