# misconception: After `backward`, `A` of a ReLU is its slope and not its output.
class MLP4:
    def __init__(self):
        sizes = (2, 4, 8, 8, 4, 2)
        self.layers = [Linear(n, m) for n, m in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]

    def forward(self, A0):
        A = A0
        for layer, unit in zip(self.layers, self.f):
            A = unit.forward(layer.forward(A))
        return A

    def backward(self, dLdA):
        for layer, unit in zip(self.layers[::-1], self.f[::-1]):
            slope = unit.backward()
            dLdA = layer.backward(dLdA * slope)
            unit.A = np.array(slope, float)
