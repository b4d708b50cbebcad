from dataclasses import dataclass, field


@dataclass
class Linear:
    in_features: int
    out_features: int
    W: np.ndarray = field(init=False, repr=False)
    b: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        self.W, self.b = (np.zeros((self.out_features, n), float) for n in (self.in_features, 1))

    def forward(self, A):
        self.A, self.N = A, len(A)
        return np.inner(A, self.W) + self.b.flatten()

    def backward(self, dLdZ):
        self.dLdW = np.inner(dLdZ.T, self.A.T)
        self.dLdb = np.inner(dLdZ.T, np.ones((1, self.N)))
        return np.dot(dLdZ, self.W)
