# misconception: Loops run over the rows and columns: the mean of a column is one call for the whole array.
class BatchNorm1d:
    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps, self.C = alpha, 1e-8, num_features
        self.BW, self.Bb = np.ones((1, num_features)), np.zeros((1, num_features))
        self.dLdBW, self.dLdBb = np.zeros((1, num_features)), np.zeros((1, num_features))
        self.running_M, self.running_V = np.zeros((1, num_features)), np.ones((1, num_features))

    def forward(self, Z, eval=False):
        if eval:
            return self.BW * (Z - self.running_M) / np.sqrt(self.running_V + self.eps) + self.Bb
        self.Z, self.N = Z, len(Z)
        self.M, self.V, self.NZ = np.zeros((1, self.C)), np.zeros((1, self.C)), np.zeros(Z.shape)
        for j in range(self.C):
            for i in range(self.N):
                self.M[0, j] += Z[i, j] / self.N
            for i in range(self.N):
                self.V[0, j] += (Z[i, j] - self.M[0, j]) ** 2 / self.N
            for i in range(self.N):
                self.NZ[i, j] = (Z[i, j] - self.M[0, j]) / (self.V[0, j] + self.eps) ** 0.5
        self.BZ = self.BW * self.NZ + self.Bb
        self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
        self.running_V = self.alpha * self.running_V + (1 - self.alpha) * self.V
        return self.BZ

    def backward(self, dLdBZ):
        self.dLdBW, self.dLdBb = np.zeros((1, self.C)), np.zeros((1, self.C))
        dLdZ = np.zeros(dLdBZ.shape)
        for j in range(self.C):
            scale, dV, dM = (self.V[0, j] + self.eps) ** -0.5, 0.0, 0.0
            for i in range(self.N):
                self.dLdBb[0, j] += dLdBZ[i, j]
                self.dLdBW[0, j] += dLdBZ[i, j] * self.NZ[i, j]
                g = dLdBZ[i, j] * self.BW[0, j]
                dV -= 0.5 * g * (self.Z[i, j] - self.M[0, j]) * scale**3
                dM -= g * scale
            for i in range(self.N):
                g = dLdBZ[i, j] * self.BW[0, j]
                dLdZ[i, j] = g * scale + dV * 2 / self.N * (self.Z[i, j] - self.M[0, j]) + dM / self.N
        return dLdZ
