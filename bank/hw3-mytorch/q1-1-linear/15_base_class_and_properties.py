class Module:
    def __init__(self):
        self.p, self.g, self.kept = {}, {}, {}


class Linear(Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.p = {"W": np.zeros([out_features, in_features], "float64"), "b": np.zeros([out_features, 1], "float64")}

    W = property(lambda self: self.p["W"], lambda self, value: self.p.update(W=value))
    b = property(lambda self: self.p["b"], lambda self, value: self.p.update(b=value))
    dLdW = property(lambda self: self.g["W"])
    dLdb = property(lambda self: self.g["b"])
    A = property(lambda self: self.kept["A"])
    N = property(lambda self: len(self.kept["A"]))

    def forward(self, A):
        self.kept["A"] = A
        one = np.ones((len(A), 1))
        return np.hstack([A, one]) @ np.hstack([self.W, self.b]).T

    def backward(self, dLdZ):
        both = dLdZ.T @ np.hstack([self.A, np.ones((self.N, 1))])
        self.g = {"W": both[:, :-1].copy(), "b": both[:, -1:].copy()}
        return np.tensordot(dLdZ, self.W, axes=1)
