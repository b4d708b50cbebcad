from dataclasses import dataclass, field


@dataclass
class MLP0:
    layers: list = field(default_factory=lambda: [Linear(in_features=2, out_features=3)])
    f: list = field(default_factory=lambda: [ReLU()])

    def forward(self, A0):
        return self.f[0].forward(self.layers[0].forward(A0))

    def backward(self, dLdA):
        return self.layers[0].backward(dLdZ=np.multiply(dLdA, self.f[0].backward()))
