# forward clears the gradients of each layer, and so does predict
class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        for layer in self.layers:
            layer.gradients = {name: np.zeros_like(value) for name, value in layer.gradients.items()}
            X = layer.forward(X)
        return X

    def backward(self, target, out):
        G = self.loss.backward(target, out)
        for layer in self.layers[::-1]:
            G = layer.backward(G)

    def predict(self, X, Y):
        Y_hat = self.forward(X)
        return Y_hat, self.loss.forward(Y, Y_hat)
