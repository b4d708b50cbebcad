class FullyConnected:
    """Y = activation(XW + 1b); parameters and gradients are dictionaries with "W" (n_in, n_out) and "b" (1, n_out)."""

    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape):
        """Fill parameters and gradients for inputs of shape (m, n_in)."""
        n_in = X_shape[1]
        self.parameters["W"] = initial_weights(self.weight_init, n_in, self.n_out)
        self.parameters["b"] = np.zeros((1, self.n_out))
        self.gradients["W"] = np.zeros((n_in, self.n_out))
        self.gradients["b"] = np.zeros((1, self.n_out))

    def forward(self, X):
        """X (m, n_in) to Y (m, n_out)."""
        if not np.any(self.parameters.get("W", 0)):
            self._init_parameters(X.shape)
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.cache["X"], self.cache["Z"] = X, Z
        return self.activation.forward(Z)

    def backward(self, dLdY):
        """∂L/∂Y (m, n_out) to ∂L/∂X (m, n_in); stores the gradients of W and b."""
        G = self.activation.backward(self.cache["Z"], dLdY)
        self.gradients["W"] = self.cache["X"].T @ G
        self.gradients["b"] = G.sum(axis=0, keepdims=True)
        return G @ self.parameters["W"].T
