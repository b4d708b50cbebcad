class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape):
        W = initial_weights(self.weight_init, self.n_out, X_shape[1]).T
        self.parameters = {"W": W, "b": np.zeros((1, self.n_out))}
        self.gradients = {"W": np.zeros_like(W), "b": np.zeros((1, self.n_out))}

    def forward(self, X):
        if not self.parameters:
            self._init_parameters(X.shape)
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.cache = {"X": X, "Z": Z}
        return self.activation.forward(Z)

    def backward(self, dLdY):
        G = self.activation.backward(self.cache["Z"], dLdY)
        self.gradients = {"W": self.cache["X"].T @ G, "b": G.sum(axis=0, keepdims=True)}
        return G @ self.parameters["W"].T
