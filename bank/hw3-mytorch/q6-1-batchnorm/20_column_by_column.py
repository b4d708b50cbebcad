class BatchNorm1d:
    """Each column on its own, its gradient as a product with its N × N Jacobian."""

    def __init__(self, num_features, alpha=0.9):
        self.C, self.alpha, self.eps = num_features, alpha, 1e-8
        self.BW, self.running_V = np.ones((1, self.C)), np.ones((1, self.C))
        self.Bb, self.running_M = np.zeros((1, self.C)), np.zeros((1, self.C))
        self.dLdBW, self.dLdBb = np.zeros((1, self.C)), np.zeros((1, self.C))

    def forward(self, Z, eval=False):
        if not eval:
            self.Z, self.N = Z, len(Z)
            self.M = np.array([[np.mean(Z[:, j]) for j in range(self.C)]])
            self.V = np.array([[np.var(Z[:, j]) for j in range(self.C)]])
            self.running_M = self.M + self.alpha * (self.running_M - self.M)
            self.running_V = self.V + self.alpha * (self.running_V - self.V)
            self.NZ = self._normal(Z, self.M, self.V)
            self.BZ = self.NZ * self.BW + self.Bb
            return self.BZ
        return self._normal(Z, self.running_M, self.running_V) * self.BW + self.Bb

    def _normal(self, Z, M, V):
        return np.stack([(Z[:, j] - M[0, j]) / (V[0, j] + self.eps) ** 0.5 for j in range(self.C)], axis=1)

    def backward(self, dLdBZ):
        self.dLdBb = np.array([[np.sum(dLdBZ[:, j]) for j in range(self.C)]])
        self.dLdBW = np.array([[dLdBZ[:, j] @ self.NZ[:, j] for j in range(self.C)]])
        columns = []
        for j in range(self.C):
            z = self.NZ[:, j]
            jacobian = (np.eye(self.N) - 1 / self.N - np.outer(z, z) / self.N) / (self.V[0, j] + self.eps) ** 0.5
            columns.append(jacobian @ (dLdBZ[:, j] * self.BW[0, j]))
        return np.stack(columns, axis=1)
