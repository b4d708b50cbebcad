class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss
        self.outputs = []

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
            self.outputs.append(X)
        return X

    def backward(self, target, out):
        gradient = self.loss.backward(target, self.outputs[len(self.layers) - 1])
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def predict(self, X, Y):
        out = self.forward(X)
        return out, self.loss.forward(Y, out)
