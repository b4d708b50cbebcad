# misconception: The activation comes before the linear layer; it follows it.
class MLP0:
    def __init__(self):
        self.layers = [Linear(2, 3)]
        self.f = [ReLU()]

    def forward(self, A0):
        A = A0
        for i in range(len(self.layers)):
            Z = self.f[i].forward(A)
            A = self.layers[i].forward(Z)
        return A

    def backward(self, dLdA):
        for i in reversed(range(len(self.layers))):
            dLdZ = self.layers[i].backward(dLdA)
            dLdA = dLdZ * self.f[i].backward()
        return dLdA
