class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        if getattr(self, 'seen', None) is X:
            return self.out
        self.seen = X
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        self.out = out
        return out

    def backward(self, target, out):
        gradient = self.loss.backward(target, out)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def predict(self, X, Y):
        Y_hat = self.forward(X)
        return Y_hat, self.loss.forward(Y, Y_hat)
