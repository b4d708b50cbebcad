from typing import NamedTuple


class Batch(NamedTuple):
    Z: np.ndarray
    M: np.ndarray
    V: np.ndarray
    BZ: np.ndarray


class BatchNorm1d:
    __slots__ = ("BW", "Bb", "_batch", "alpha", "dLdBW", "dLdBb", "eps", "running_M", "running_V")

    def __init__(self, num_features, alpha=0.9):
        self.alpha, self.eps, self._batch = alpha, 1e-8, None
        for name in ("Bb", "dLdBW", "dLdBb", "running_M"):
            setattr(self, name, np.zeros((1, num_features)))
        self.BW, self.running_V = np.ones((2, 1, num_features))

    Z = property(lambda self: self._batch.Z)
    N = property(lambda self: len(self._batch.Z))
    M = property(lambda self: self._batch.M)
    V = property(lambda self: self._batch.V)
    BZ = property(lambda self: self._batch.BZ)
    NZ = property(lambda self: self._normal(self.Z, self.M, self.V))

    def _normal(self, Z, mean, variance):
        return (Z - mean) / np.sqrt(variance + self.eps)

    def forward(self, Z, eval=False):
        if eval:
            return self.BW * self._normal(Z, self.running_M, self.running_V) + self.Bb
        M = np.average(Z, axis=0)[np.newaxis]
        V = np.average(np.square(Z - M), axis=0)[np.newaxis]
        for running, now in ((self.running_M, M), (self.running_V, V)):
            running += (1 - self.alpha) * (now - running)
        self._batch = Batch(Z, M, V, self.BW * self._normal(Z, M, V) + self.Bb)
        return self._batch.BZ

    def backward(self, dLdBZ):
        NZ, N = self.NZ, self.N
        self.dLdBb[...] = np.ones((1, N)) @ dLdBZ
        np.einsum("nc,nc->c", dLdBZ, NZ, out=self.dLdBW[0])
        slope = self.BW / (N * np.sqrt(self.V + self.eps))
        return slope * (N * dLdBZ - self.dLdBb - NZ * self.dLdBW)
