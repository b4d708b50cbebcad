class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers = layers
        type(self).loss = loss

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, target, out):
        gradient = self.loss.backward(target, out)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def predict(self, X, Y):
        Y_hat = self.forward(X)
        return Y_hat, self.loss.forward(Y, Y_hat)
