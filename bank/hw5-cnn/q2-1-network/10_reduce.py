from functools import reduce


class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        return reduce(lambda value, layer: layer.forward(value), self.layers, X)

    def backward(self, target, out):
        start = self.loss.backward(target, out)
        return reduce(lambda value, layer: layer.backward(value), reversed(self.layers), start)

    def predict(self, X, Y):
        out = self.forward(X)
        return out, self.loss.forward(Y, out)
