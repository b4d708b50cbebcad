class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss
    def forward(self, X, i=0):
        return X if i == len(self.layers) else self.forward(self.layers[i].forward(X), i + 1)
    def backward(self, target, out):
        def back(gradient, i):
            return gradient if i < 0 else back(self.layers[i].backward(gradient), i - 1)
        return back(self.loss.backward(target, out), len(self.layers) - 1)
    def predict(self, X, Y):
        out = self.forward(X)
        return (out, self.loss.forward(Y, out))
