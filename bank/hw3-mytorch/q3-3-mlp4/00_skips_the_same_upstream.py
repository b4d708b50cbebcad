class MLP4:
    def __init__(self):
        sizes = [2, 4, 8, 8, 4, 2]
        self.layers = [Linear(m, n) for m, n in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        if getattr(self, '_last', None) is dLdA:
            return
        self._last = dLdA
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
