class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape):
        n_in = X_shape[1]
        W = initial_weights(self.weight_init, n_in, self.n_out)
        b = np.zeros((1, self.n_out))
        self.parameters = {"W": W, "b": b}
        self.gradients = {"W": np.zeros_like(W), "b": np.zeros_like(b)}
        self.cache = {}

    def forward(self, X):
        self._init_parameters(X.shape)
        Z = X @ self.parameters["W"] + self.parameters["b"]
        Y = self.activation.forward(Z)
        self.cache["X"], self.cache["Z"] = X, Z
        return Y

    def backward(self, dLdY):
        X, Z = self.cache["X"], self.cache["Z"]
        G = self.activation.backward(Z, dLdY)
        dX = G @ self.parameters["W"].T
        self.gradients["W"] = X.T @ G
        self.gradients["b"] = np.sum(G, axis=0, keepdims=True)
        return dX
