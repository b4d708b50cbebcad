class MLP1:
    def __init__(self):
        sizes = [2, 3, 2]
        self.layers = [Linear(m, n) for m, n in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            Z = layer.forward(A)
            f.forward(Z)
            A = np.array([np.where(z > 0, z, 0.0) for z in Z])
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
