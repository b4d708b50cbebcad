class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        kept = X.copy()
        X /= 10
        for layer in self.layers:
            kept = layer.forward(kept)
        return kept

    def backward(self, target, out):
        gradient = self.loss.backward(target, out)
        for layer in self.layers[::-1]:
            gradient = layer.backward(gradient)

    def predict(self, X, Y):
        out = self.forward(X)
        return out, self.loss.forward(Y, out)
