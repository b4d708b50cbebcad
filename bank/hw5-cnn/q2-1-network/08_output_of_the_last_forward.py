class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        self.out = X
        return X

    def backward(self, target, out):
        grad = self.loss.backward(target, out)
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad

    def predict(self, X, Y):
        out = getattr(self, "out", None)
        if out is None or len(out) != len(X):
            out = self.forward(X)
        return out, self.loss.forward(Y, out)
