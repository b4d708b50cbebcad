class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.layers.append(ReLU())
        self.f = [ReLU(), ReLU()]

    def forward(self, A0):
        A = A0
        for i in range(2):
            Z = self.layers[i].forward(A)
            A = self.f[i].forward(Z)
        return A

    def backward(self, dLdA):
        for i in reversed(range(2)):
            dLdZ = dLdA * self.f[i].backward()
            dLdA = self.layers[i].backward(dLdZ)
        return dLdA
