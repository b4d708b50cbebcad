# misconception: The gradient is cut off at ±5 on its way: a gradient here is the exact derivative.
class MLP4:
    def __init__(self):
        sizes = [2, 4, 8, 8, 4, 2]
        self.layers = [Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(np.clip(dLdA, -5, 5) * f.backward())
        return dLdA
