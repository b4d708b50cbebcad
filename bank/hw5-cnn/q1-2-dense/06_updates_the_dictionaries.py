class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape):
        n_in, n_out = X_shape[-1], self.n_out
        self.parameters.update(W=initial_weights(self.weight_init, n_in, n_out), b=np.zeros([1, n_out]))
        self.gradients.update(W=np.zeros([n_in, n_out]), b=np.zeros([1, n_out]))

    def forward(self, X):
        if len(self.parameters) == 0:
            self._init_parameters(X.shape)
        self.cache["X"] = X
        self.cache["Z"] = np.matmul(X, self.parameters["W"]) + self.parameters["b"]
        return self.activation.forward(self.cache["Z"])

    def backward(self, dLdY):
        X, Z = self.cache["X"], self.cache["Z"]
        upstream = self.activation.backward(Z, dLdY)
        self.gradients.update(W=np.dot(X.T, upstream), b=np.ones((1, len(X))) @ upstream)
        return np.dot(upstream, self.parameters["W"].T)
