class Block:
    def __init__(self, n, m, rng):
        self.linear, self.relu = Linear(n, m), ReLU()
        self.linear.W = rng.normal(size=(m, n)) * np.sqrt(2 / n)  # all zeros would never learn

    def forward(self, A):
        return self.relu.forward(self.linear.forward(A))

    def backward(self, dLdA):
        return self.linear.backward(self.relu.backward() * dLdA)


class MLP4:
    SIZES = (2, 4, 8, 8, 4, 2)

    def __init__(self, *, seed=None):
        rng = np.random.default_rng(seed)
        self.blocks = [Block(n, m, rng) for n, m in zip(self.SIZES, self.SIZES[1:])]
        self.layers = [block.linear for block in self.blocks]
        self.f = [block.relu for block in self.blocks]

    def forward(self, A0):
        for block in self.blocks:
            A0 = block.forward(A0)
        return A0

    def backward(self, dLdA):
        for block in self.blocks[::-1]:
            dLdA = block.backward(dLdA)
