class MLP4:
    SIZES = (2, 4, 8, 8, 4, 2)

    def __init__(self):
        self.layers, self.f = [], []
        for i in range(len(self.SIZES) - 1):
            self.layers.append(Linear(self.SIZES[i], self.SIZES[i + 1]))
            self.f.append(ReLU())

    def forward(self, A0):
        self.Z, self.A = [], [A0]
        for i in range(len(self.layers)):
            self.Z.append(self.layers[i].forward(self.A[i]))
            self.A.append(self.f[i].forward(self.Z[i]))
        return self.A[-1]

    def backward(self, dLdA):
        self.dLdA = [None] * len(self.A)
        self.dLdA[-1] = np.array(dLdA)
        for i in range(len(self.layers) - 1, -1, -1):
            dLdZ = np.multiply(self.dLdA[i + 1], self.f[i].backward())
            self.dLdA[i] = self.layers[i].backward(dLdZ)
        return self.dLdA[0]
