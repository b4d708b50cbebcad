class FullyConnected:
    parameters, gradients, cache = {}, {}, {}

    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init

    def _init_parameters(self, X_shape):
        self.parameters["W"] = initial_weights(self.weight_init, X_shape[1], self.n_out)
        self.parameters["b"] = np.zeros((1, self.n_out))
        self.gradients["W"] = np.zeros((X_shape[1], self.n_out))
        self.gradients["b"] = np.zeros((1, self.n_out))

    def forward(self, X):
        if not self.parameters:
            self._init_parameters(X.shape)
        self.cache["X"] = X
        self.cache["Z"] = X @ self.parameters["W"] + self.parameters["b"]
        return self.activation.forward(self.cache["Z"])

    def backward(self, dLdY):
        G = self.activation.backward(self.cache["Z"], dLdY)
        self.gradients["W"] = self.cache["X"].T @ G
        self.gradients["b"] = G.sum(axis=0, keepdims=True)
        return G @ self.parameters["W"].T
