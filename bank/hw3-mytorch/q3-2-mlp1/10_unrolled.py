class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.f = [ReLU() for _ in range(2)]
    def forward(self, A0):
        return self.f[1].forward(self.layers[1].forward(self.f[0].forward(self.layers[0].forward(A0))))
    def backward(self, dLdA):
        d = dLdA
        d = self.layers[1].backward(np.multiply(d, self.f[1].backward()))
        d = self.layers[0].backward(np.multiply(d, self.f[0].backward()))
