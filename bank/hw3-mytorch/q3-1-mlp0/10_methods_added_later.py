class MLP0:
    sizes = (2, 3)

    def __init__(self, activation=None):
        self.layers = list(map(Linear, self.sizes, self.sizes[1:]))
        self.f = [ReLU() if activation is None else activation() for _ in self.layers]


def forward(self, A0):
    """A function that becomes a method."""
    (layer,), (unit,) = self.layers, self.f
    self.A0, self.A1 = A0, unit.forward(layer.forward(A0))
    return self.A1


def backward(self, dLdA):
    self.dLdA0 = self.layers[0].backward(np.multiply(dLdA, self.f[0].backward()))


MLP0.forward = forward
MLP0.backward = backward
