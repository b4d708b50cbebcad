def row(table, k):
    """A property: row k of a table, as a view."""

    def read(self):
        return getattr(self, table)[k : k + 1]

    def write(self, value):
        getattr(self, table)[k : k + 1] = value

    return property(read, write)


class BatchNorm1d:
    BW, Bb, dLdBW, dLdBb, running_M, running_V = (row("table", k) for k in range(6))
    eps: float = 1e-8

    def __init__(self, num_features, alpha=0.9):
        self.alpha = alpha
        self.table = np.zeros((6, num_features))
        self.BW, self.running_V = 1, 1

    def forward(self, Z, eval=False):
        if eval:
            return (Z - self.running_M) * (self.BW * (self.running_V + self.eps) ** -0.5) + self.Bb
        self.Z, (self.N, _) = Z, Z.shape
        self.M, self.V = Z.mean(0)[None], Z.var(0)[None]
        self.running_M = np.average([self.running_M, self.M], axis=0, weights=[self.alpha, 1 - self.alpha])
        self.running_V = np.average([self.running_V, self.V], axis=0, weights=[self.alpha, 1 - self.alpha])
        self.NZ = (Z - self.M) / np.sqrt(self.V + self.eps)
        self.BZ = self.BW * self.NZ + self.Bb
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBW, self.dLdBb = (dLdBZ * self.NZ).sum(0), dLdBZ.sum(0)
        g = dLdBZ - self.dLdBb / self.N - self.NZ * self.dLdBW / self.N
        return self.BW * g / np.sqrt(self.V + self.eps)
