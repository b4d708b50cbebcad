# misconception: The first layer has another width than the task says.
class MLP0:
    def __init__(self):
        self.layers = [Linear(2, 4)]
        self.f = [ReLU()]

    def forward(self, A0):
        A = A0
        for i in range(len(self.layers)):
            Z = self.layers[i].forward(A)
            A = self.f[i].forward(Z)
        return A

    def backward(self, dLdA):
        for i in reversed(range(len(self.layers))):
            dLdZ = dLdA * self.f[i].backward()
            dLdA = self.layers[i].backward(dLdZ)
        return dLdA
