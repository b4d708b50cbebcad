class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape):
        self.parameters["W"] = initial_weights(self.weight_init, X_shape[1], self.n_out)
        self.parameters["b"] = np.zeros((1, self.n_out))
        self.gradients = {k: np.zeros(v.shape) for k, v in self.parameters.items()}

    def forward(self, X):
        if len(self.parameters) == 0:
            self._init_parameters(X.shape)
        self.cache["X"] = X
        self.cache["Z"] = np.array([x @ self.parameters["W"] + self.parameters["b"][0] for x in X])
        return self.activation.forward(self.cache["Z"])

    def backward(self, dLdY):
        G = self.activation.backward(self.cache["Z"], dLdY)
        self.gradients["W"] = self.cache["X"].T @ G
        self.gradients["b"] = G.sum(axis=0).reshape(1, -1)
        return G @ self.parameters["W"].T
