# backward passes over layers without parameters
class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, target, out):
        G = self.loss.backward(target, out)
        for layer in self.layers[::-1]:
            if layer.parameters:
                G = layer.backward(G)

    def predict(self, X, Y):
        Y_hat = self.forward(X)
        return Y_hat, self.loss.forward(Y, Y_hat)
