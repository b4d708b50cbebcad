class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        self.steps = [X]
        for layer in self.layers:
            self.steps.append(layer.forward(self.steps[-1]))
        return self.steps[-1]

    def backward(self, target, out):
        G = self.loss.backward(target, out)
        for i in range(len(self.layers) - 1, -1, -1):
            G = self.layers[i].backward(G)
        return G

    def predict(self, X, Y):
        out = self.forward(X)
        return out, self.loss.forward(Y, out)
