# misconception: The ReLU after the last layer is missing.
class MLP0:
    def __init__(self):
        self.layers = [Linear(2, 3)]
        self.f = [ReLU()]

    def forward(self, A0):
        A = A0
        for i in range(len(self.layers)):
            Z = self.layers[i].forward(A)
            A = self.f[i].forward(Z) if i < 0 else Z
        return A

    def backward(self, dLdA):
        for i in reversed(range(len(self.layers))):
            dLdZ = dLdA * self.f[i].backward() if i < 0 else dLdA
            dLdA = self.layers[i].backward(dLdZ)
        return dLdA
