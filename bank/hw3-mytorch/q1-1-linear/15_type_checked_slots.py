from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Linear:
    in_features: int
    out_features: int
    W: np.ndarray = field(init=False, repr=False)
    b: np.ndarray = field(init=False, repr=False)
    A: np.ndarray = field(init=False, repr=False)
    N: int = field(init=False, default=0)
    dLdW: np.ndarray = field(init=False, repr=False)
    dLdb: np.ndarray = field(init=False, repr=False)

    def __post_init__(self):
        self.W = np.zeros(shape=(self.out_features, self.in_features))
        self.b = np.zeros(shape=(self.out_features, 1))

    def forward(self, A):
        assert type(A) is np.ndarray and A.shape[1] == self.in_features, "A is an array (N, C_in)"
        self.A, (self.N, _) = A, A.shape
        Z = np.empty((self.N, self.out_features))
        np.matmul(A, self.W.T, out=Z)
        Z += self.b.ravel()
        return Z

    def backward(self, dLdZ):
        assert type(dLdZ) is np.ndarray and dLdZ.shape == (self.N, self.out_features), "dLdZ is like Z"
        ones = np.ones((self.N, 1))
        whole = dLdZ.T @ np.hstack([self.A, ones])
        self.dLdW, self.dLdb = whole[:, :-1], whole[:, -1:]
        return (self.W.T @ dLdZ.T).T
