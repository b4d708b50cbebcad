class MLP4:
    def __init__(self):
        self.layers = [Linear(2, 4), Linear(4, 8), Linear(8, 8), Linear(8, 4), Linear(4, 2)]
        self.f = [ReLU() for _ in range(5)]
    def forward(self, A0):
        return self.f[4].forward(self.layers[4].forward(self.f[3].forward(self.layers[3].forward(self.f[2].forward(self.layers[2].forward(self.f[1].forward(self.layers[1].forward(self.f[0].forward(self.layers[0].forward(A0))))))))))
    def backward(self, dLdA):
        d = dLdA
        d = self.layers[4].backward(np.multiply(d, self.f[4].backward()))
        d = self.layers[3].backward(np.multiply(d, self.f[3].backward()))
        d = self.layers[2].backward(np.multiply(d, self.f[2].backward()))
        d = self.layers[1].backward(np.multiply(d, self.f[1].backward()))
        d = self.layers[0].backward(np.multiply(d, self.f[0].backward()))
