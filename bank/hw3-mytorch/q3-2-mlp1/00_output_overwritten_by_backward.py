# misconception: `backward` writes into the array that `forward` has returned.
class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.f = [ReLU(), ReLU()]

    def forward(self, A0):
        self.hidden = self.f[0].forward(self.layers[0].forward(A0))
        self.out = self.f[1].forward(self.layers[1].forward(self.hidden))
        self.masks = [self.hidden > 0, self.out > 0]
        return self.out

    def backward(self, dLdA):
        np.multiply(dLdA, self.masks[1], out=self.out)
        back = self.layers[1].backward(self.out)
        self.layers[0].backward(back * self.masks[0])
