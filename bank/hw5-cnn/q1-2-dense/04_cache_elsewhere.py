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
        self.X = X
        self.Z = np.matmul(X, self.parameters["W"]) + self.parameters["b"]
        return self.activation.forward(self.Z)

    def backward(self, dLdY):
        G = self.activation.backward(self.Z, dLdY)
        self.gradients["W"] = self.X.T @ G
        self.gradients["b"] = G.sum(axis=0).reshape(1, -1)
        return G @ self.parameters["W"].T
