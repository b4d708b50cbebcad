# misconception: layers and f stand in the class, so all models share them: make them in __init__.
class MLP4:
    layers = [Linear(2, 4), Linear(4, 8), Linear(8, 8), Linear(8, 4), Linear(4, 2)]
    f = [ReLU() for _ in range(5)]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
