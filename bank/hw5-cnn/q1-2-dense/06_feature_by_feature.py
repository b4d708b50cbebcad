class FullyConnected:
    def __init__(self, n_out, activation, weight_init="xavier_uniform"):
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape):
        *_, n_in = X_shape
        self.parameters.update(W=initial_weights(self.weight_init, n_in, self.n_out), b=np.zeros((1, self.n_out)))
        self.gradients.update({name: array * 0 for name, array in self.parameters.items()})

    def forward(self, X):
        if "W" not in self.parameters:
            self._init_parameters(np.shape(X))
        W, b = self.parameters["W"], self.parameters["b"]
        Z = sum((np.multiply.outer(X[:, i], W[i]) for i in range(len(W))), b)
        self.cache.update(X=X.copy(), Z=Z)
        return self.activation.forward(Z)

    def backward(self, dLdY):
        X, Z, W = self.cache["X"], self.cache["Z"], self.parameters["W"]
        G = self.activation.backward(Z, dLdY)
        for i in range(W.shape[0]):  # feature by feature
            self.gradients["W"][i] = X[:, i] @ G
        self.gradients["b"][...] = np.add.reduce(G)
        return np.stack([G @ W[i] for i in range(W.shape[0])], axis=1)
