# a flag of forward, not the parameters, says whether they are there
class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}
        self.ready = False

    def _init_parameters(self, X_shape):
        shape = (X_shape[1], self.n_out)
        self.parameters["W"] = initial_weights(self.weight_init, *shape)
        self.parameters["b"] = np.zeros((1, self.n_out))
        self.gradients["W"], self.gradients["b"] = np.zeros(shape), np.zeros((1, self.n_out))

    def forward(self, X):
        if not self.ready:
            self.ready = True
            self._init_parameters(X.shape)
        Z = X @ self.parameters["W"] + self.parameters["b"]
        self.cache["X"], self.cache["Z"] = X, Z
        return self.activation.forward(Z)

    def backward(self, dLdY):
        G = self.activation.backward(self.cache["Z"], dLdY)
        self.gradients["W"] = self.cache["X"].T @ G
        self.gradients["b"] = G.sum(axis=0, keepdims=True)
        return G @ self.parameters["W"].T
