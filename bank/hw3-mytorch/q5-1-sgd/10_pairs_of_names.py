class SGD:
    """In place on W, b and arrays of its own; with momentum 0 the velocity is the gradient."""

    PAIRS = (("W", "dLdW"), ("b", "dLdb"))

    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.lr, self.mu = list(model.layers), lr, momentum
        for name, _ in self.PAIRS:
            setattr(self, f"v_{name}", [np.zeros_like(getattr(layer, name)) for layer in self.l])

    @property
    def L(self):
        return len(self.l)

    def _triples(self):
        for name, gradient in self.PAIRS:
            for layer, v in zip(self.l, getattr(self, f"v_{name}")):
                yield getattr(layer, name), getattr(layer, gradient), v

    def step(self):
        for parameter, gradient, v in self._triples():
            np.multiply(v, self.mu, out=v)
            np.add(v, gradient, out=v)
            np.subtract(parameter, self.lr * v, out=parameter)
