class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        hidden = self.layers[0].forward(X)
        return self.layers[1].forward(hidden)

    def backward(self, target, out):
        gradient = self.layers[1].backward(self.loss.backward(target, out))
        return self.layers[0].backward(gradient)

    def predict(self, X, Y):
        out = self.forward(X)
        return out, self.loss.forward(Y, out)
