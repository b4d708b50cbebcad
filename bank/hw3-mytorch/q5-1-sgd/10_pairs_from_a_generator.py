class SGD:
    def __init__(self, model, lr: float = 0.1, momentum: float = 0) -> None:
        self.l = [*model.layers]
        self.L = len(self.l)
        self.lr, self.mu = lr, momentum
        self.v_W, self.v_b = ([0.0 * getattr(layer, name) for layer in self.l] for name in "Wb")

    def _all(self):
        for name, velocities in (("W", self.v_W), ("b", self.v_b)):
            for layer, v in zip(self.l, velocities):
                yield layer, name, v, getattr(layer, f"dLd{name}")

    def step(self):
        for layer, name, v, gradient in self._all():
            v[...] = self.mu * v + gradient
            setattr(layer, name, getattr(layer, name) - self.lr * v)
