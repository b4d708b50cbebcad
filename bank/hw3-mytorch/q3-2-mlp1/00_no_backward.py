# misconception: No layer's backward is called, so the gradients of the layers stay as they were.
class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.f = [ReLU(), ReLU()]

    def forward(self, A0):
        A = A0
        for i in range(len(self.layers)):
            Z = self.layers[i].forward(A)
            A = self.f[i].forward(Z)
        return A

    def backward(self, dLdA):
        for i in reversed(range(len(self.layers))):
            dLdZ = self.f[i].backward()
        return dLdA
