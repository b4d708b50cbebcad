class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform", cache={}):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, cache

    def _init_parameters(self, X_shape):
        n_in = X_shape[1]
        self.parameters["W"] = initial_weights(self.weight_init, n_in, self.n_out)
        self.parameters["b"] = np.zeros((1, self.n_out))
        self.gradients["W"] = np.zeros((n_in, self.n_out))
        self.gradients["b"] = np.zeros((1, self.n_out))

    def forward(self, X):
        if not self.parameters:
            self._init_parameters(X.shape)
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.cache["X"], self.cache["Z"] = X, Z
        return self.activation.forward(Z)

    def backward(self, dLdY):
        X, Z = self.cache["X"], self.cache["Z"]
        G = self.activation.backward(Z, dLdY)
        self.gradients["W"] = X.T @ G
        self.gradients["b"] = G.sum(axis=0, keepdims=True)
        return G @ self.parameters["W"].T
