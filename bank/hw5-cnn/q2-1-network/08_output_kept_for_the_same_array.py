class NeuralNetwork:
    """A chain of layers with a loss at its end."""

    def __init__(self, layers, loss):
        self.layers, self.loss = layers, loss
        self.X = self.out = self.made = None

    def forward(self, X):
        """X (m, n_in) to the output of the last layer."""
        out = X
        for layer in self.layers:
            out = layer.forward(out)
        self.X, self.out, self.made = X, out, [id(layer.parameters) for layer in self.layers]
        return out

    def backward(self, target, out):
        """Fill the gradients of all layers, for the output `out` of the last forward pass."""
        gradient = self.loss.backward(target, out)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)

    def predict(self, X, Y):
        """(output, cost) for inputs X and targets Y; nothing is learned."""
        now = [id(layer.parameters) for layer in self.layers]
        if X is not self.X or now != self.made:
            self.forward(X)
        return self.out, self.loss.forward(Y, self.out)
