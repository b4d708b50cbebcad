# misconception: The first upstream gradient is kept and used again in later passes.
class MLP0:
    def __init__(self):
        self.layers = [Linear(2, 3)]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        self.upstream = getattr(self, "upstream", dLdA * 1.0)
        dLdA = self.upstream[: len(dLdA)]
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
