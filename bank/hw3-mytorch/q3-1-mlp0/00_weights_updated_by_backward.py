# misconception: backward also takes a step and changes W and b: it leaves the parameters alone, SGD changes them.
class MLP0:
    def __init__(self):
        self.layers = [Linear(2, 3)]
        self.f = [ReLU()]

    def forward(self, A0):
        return self.f[0].forward(self.layers[0].forward(A0))

    def backward(self, dLdA):
        layer = self.layers[0]
        layer.backward(dLdA * self.f[0].backward())
        layer.W = layer.W - 1e-3 * layer.dLdW
        layer.b = layer.b - 1e-3 * layer.dLdb
