from functools import reduce


def network(*sizes):
    class Network:
        def __init__(self):
            self.layers = list(map(Linear, sizes[:-1], sizes[1:]))
            self.f = [ReLU() for _ in self.layers]

        def forward(self, A0):
            return reduce(lambda A, pair: pair[1].forward(pair[0].forward(A)), zip(self.layers, self.f), A0)

        def backward(self, dLdA):
            pairs = reversed(list(zip(self.layers, self.f)))
            return reduce(lambda back, pair: pair[0].backward(back * pair[1].backward()), pairs, dLdA)

    return Network


MLP1 = network(2, 3, 2)
