class MLP4:
    def __init__(self):
        sizes = [2, 4, 8, 8, 4, 2]
        self.layers = [Linear(m, n) for m, n in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        rows = [A0[i : i + 1] for i in range(len(A0))]
        A = A if len(rows) == 1 else np.vstack([self._one(row) for row in rows])
        return A

    def _one(self, A):
        for layer, f in zip(self.layers, self.f):
            Z = A @ layer.W.T + layer.b.T
            A = np.where(Z > 0, Z, 0)
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
