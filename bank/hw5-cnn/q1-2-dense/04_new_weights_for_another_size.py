class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}
        self.shape = None

    def _init_parameters(self, X_shape):
        self.shape = X_shape
        self.parameters = {
            "W": initial_weights(self.weight_init, X_shape[1], self.n_out),
            "b": np.zeros((1, self.n_out)),
        }
        self.gradients = {"W": np.zeros((X_shape[1], self.n_out)), "b": np.zeros((1, self.n_out))}

    def forward(self, X):
        if self.shape != X.shape:
            self._init_parameters(X.shape)
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.cache["X"], self.cache["Z"] = X, Z
        return self.activation.forward(Z)

    def backward(self, dLdY):
        G = self.activation.backward(self.cache["Z"], dLdY)
        self.gradients["W"] = self.cache["X"].T @ G
        self.gradients["b"] = np.sum(G, axis=0, keepdims=True)
        return G @ self.parameters["W"].T
