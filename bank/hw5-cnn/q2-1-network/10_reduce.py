def reduce(f, parts, value):
    for part in parts:
        value = f(value, part)
    return value
class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss
    def forward(self, X):
        return reduce(lambda value, layer: layer.forward(value), self.layers, X)
    def backward(self, target, out):
        return reduce(lambda value, layer: layer.backward(value), reversed(self.layers), self.loss.backward(target, out))
    def predict(self, X, Y):
        out = self.forward(X)
        return out, self.loss.forward(Y, out)
