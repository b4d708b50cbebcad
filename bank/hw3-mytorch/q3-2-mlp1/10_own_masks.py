class MLP1:
    def __init__(self, hidden=3):
        self.sizes = np.array([2, hidden, 2])
        self.layers = list(map(Linear, self.sizes[:-1], self.sizes[1:]))
        self.f = list(map(lambda _: ReLU(), self.layers))
        self.depth = len(self.layers)

    def __call__(self, A0):
        return self.forward(A0)

    def forward(self, A0):
        self.As = [A0] + [None] * self.depth
        self.Zs = [None] * self.depth
        for i in range(self.depth):
            self.Zs[i] = self.layers[i].forward(self.As[i])
            self.As[i + 1] = self.f[i].forward(self.Zs[i])
        return self.As[-1]

    def backward(self, dLdA):
        for i in range(self.depth - 1, -1, -1):
            dLdA = self.layers[i].backward(np.where(self.Zs[i] > 0, dLdA, 0))
        return dLdA
