# misconception: There is a layer too many, which forward leaves out.
class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2), Linear(2, 2)]
        self.f = [ReLU() for _ in range(2)]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        for layer, f in zip(self.layers[1::-1], reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
