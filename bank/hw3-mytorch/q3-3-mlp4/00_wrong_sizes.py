# misconception: The first layer has another width than the task says.
class MLP4:
    def __init__(self):
        self.layers = [Linear(2, 5), Linear(5, 8), Linear(8, 8), Linear(8, 4), Linear(4, 2)]
        self.f = [ReLU(), ReLU(), ReLU(), ReLU(), ReLU()]

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
