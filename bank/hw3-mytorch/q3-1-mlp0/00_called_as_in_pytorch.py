class MLP0:
    def __init__(self):
        self.layers, self.f = [Linear(2, 3)], [ReLU()]

    def forward(self, A0):
        return self.f[0](self.layers[0](A0))

    def backward(self, dLdA):
        return self.layers[0].backward(dLdA * self.f[0].backward())
