class Chain:
    widths = (2, 3)
    def __init__(self):
        self.layers = list(map(Linear, self.widths[:-1], self.widths[1:]))
        self.f = [ReLU() for _ in self.layers]
        self.debug = []
    def forward(self, A0):
        for linear, unit in zip(self.layers, self.f):
            A0 = unit.forward(linear.forward(A0))
            self.debug.append(A0)
        return A0
    def backward(self, dLdA):
        for linear, unit in list(zip(self.layers, self.f))[::-1]:
            dLdA = linear.backward(unit.backward() * dLdA)
class MLP0(Chain):
    pass
