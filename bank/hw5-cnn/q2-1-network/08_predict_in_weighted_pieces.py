class NeuralNetwork:
    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss

    def forward(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def backward(self, target, out):
        gradient = self.loss.backward(target, out)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def predict(self, X, Y):
        parts = [slice(i, i + 32) for i in range(0, len(X), 32)]
        found = [self.forward(X[p]) for p in parts]
        costs = [len(y) * self.loss.forward(Y[p], y) for p, y in zip(parts, found)]
        return np.concatenate(found), float(np.sum(costs) / len(X))
