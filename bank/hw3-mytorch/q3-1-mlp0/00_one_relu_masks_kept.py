# misconception: The list f is empty: it needs one ReLU object per layer.
class MLP0:
    def __init__(self):
        self.layers = [Linear(2, 3)]
        self.f = []

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, [ReLU()]):
            A = f.forward(layer.forward(A))
            self.on = A > 0
        return A

    def backward(self, dLdA):
        for layer, f in zip(self.layers, [self.on]):
            dLdA = layer.backward(dLdA * f)
        return dLdA
