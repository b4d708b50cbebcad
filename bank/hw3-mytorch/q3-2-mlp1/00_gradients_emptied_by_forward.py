# misconception: forward sets the gradients to zero. A look at the validation data before the step then loses them.
class MLP1:
    def __init__(self):
        sizes = [2, 3, 2]
        self.layers = [Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            layer.dLdW, layer.dLdb = np.zeros(layer.W.shape), np.zeros(layer.b.shape)
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdA = layer.backward(dLdA * f.backward())
        return dLdA
