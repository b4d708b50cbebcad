class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        self.out = X
        for layer in self.layers:
            self.out = layer.forward(self.out)
        return self.out

    def backward(self, target, out):
        gradient = self.loss.backward(target, out)
        for layer in self.layers[::-1]:
            gradient = layer.backward(gradient)

    def predict(self, X, Y):
        self.forward(X)
        return [self.out, self.loss.forward(Y, self.out)]
