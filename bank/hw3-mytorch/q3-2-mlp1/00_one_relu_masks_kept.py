# misconception: All layers share one ReLU object: each needs its own.
class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.f = [ReLU()] * len(self.layers)

    def forward(self, A0):
        A, self.on = A0, []
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
            self.on.append(A > 0)
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.on)):
            dLdA = layer.backward(dLdA * f)
        return dLdA
