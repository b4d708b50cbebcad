class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        out = X
        for layer in self.layers:
            out = layer.forward(X)
        return out

    def backward(self, target, out):
        grad = self.loss.backward(target, out)
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        return grad

    def predict(self, X, Y):
        Y_hat = self.forward(X)
        loss = self.loss.forward(Y, Y_hat)
        return Y_hat, loss
