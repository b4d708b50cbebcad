# misconception: Where no gradient comes through, backward stops, and the old gradients stay: they are 0 then.
class MLP4:
    def __init__(self):
        sizes = [2, 4, 8, 8, 4, 2]
        self.layers = [Linear(n, m) for n, m in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        for layer, f in zip(reversed(self.layers), reversed(self.f)):
            dLdZ = dLdA * f.backward()
            if not np.any(dLdZ):
                break
            dLdA = layer.backward(dLdZ)
