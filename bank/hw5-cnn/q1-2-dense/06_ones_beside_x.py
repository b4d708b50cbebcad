def with_ones(X):
    return np.hstack([X, np.ones((X.shape[0], 1))])


class FullyConnected:
    def __init__(self, n_out: int, activation, weight_init: str = "xavier_uniform") -> None:
        self.n_out, self.activation, self.weight_init = n_out, activation, weight_init
        self.parameters, self.gradients, self.cache = {}, {}, {}

    def _init_parameters(self, X_shape) -> None:
        n_in = X_shape[-1]
        self.parameters.update(b=np.zeros((1, self.n_out)), W=initial_weights(self.weight_init, n_in, self.n_out))
        self.gradients.update(b=np.zeros((1, self.n_out)), W=np.zeros((n_in, self.n_out)))

    @property
    def both(self):
        """W with b as one more row."""
        return np.vstack([self.parameters["W"], self.parameters["b"]])

    def forward(self, X: np.ndarray) -> np.ndarray:
        if "W" not in self.parameters:
            self._init_parameters(X.shape)
        Z = with_ones(X) @ self.both
        self.cache = dict(X=np.copy(X), Z=Z)
        return self.activation.forward(Z)

    def backward(self, dLdY: np.ndarray) -> np.ndarray:
        G = self.activation.backward(self.cache["Z"], dLdY)
        both = with_ones(self.cache["X"]).T @ G
        self.gradients["W"], self.gradients["b"] = both[:-1], both[-1:]
        return (G @ self.both.T)[:, :-1]
