# misconception: After two calls of `forward`, `backward` takes the ReLUs' slopes from the first.
class MLP4:
    def __init__(self):
        sizes = (2, 4, 8, 8, 4, 2)
        self.layers = [Linear(n, m) for n, m in zip(sizes, sizes[1:])]
        self.f = [ReLU() for _ in self.layers]
        self.open = True

    def forward(self, A0):
        A = A0
        for layer, unit in zip(self.layers, self.f):
            A = unit.forward(layer.forward(A))
        if self.open:
            self.masks, self.open = [unit.A > 0 for unit in self.f], False
        return A

    def backward(self, dLdA):
        self.open = True
        for layer, mask in zip(self.layers[::-1], self.masks[::-1]):
            dLdA = layer.backward(dLdA * mask)
