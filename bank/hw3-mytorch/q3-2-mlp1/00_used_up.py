# misconception: backward uses up what forward has kept: a second backward computes nothing.
class MLP1:
    def __init__(self):
        self.layers = [Linear(2, 3), Linear(3, 2)]
        self.f = [ReLU(), ReLU()]

    def forward(self, A0):
        self.stack = []
        A = A0
        for layer, f in zip(self.layers, self.f):
            A = f.forward(layer.forward(A))
            self.stack.append((layer, f.backward()))
        return A

    def backward(self, dLdA):
        while self.stack:
            layer, slope = self.stack.pop()
            dLdA = layer.backward(dLdA * slope)
        return dLdA
