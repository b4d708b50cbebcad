from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class NeuralNetwork:
    layers: Sequence[Any]
    loss: Any
    trace: list = field(default_factory=list, repr=False)

    def forward(self, X):
        self.trace = [X]
        self.trace.extend(layer.forward(self.trace[-1]) for layer in self.layers)
        return self.trace[-1]

    def backward(self, target, out):
        grads = [self.loss.backward(target, out)]
        for k in range(len(self.layers), 0, -1):
            grads.append(self.layers[k - 1].backward(grads[-1]))
        return grads[::-1]

    def predict(self, X, Y):
        return (out := self.forward(X)), self.loss.forward(Y, out)
