class SGD:
    def __init__(self, model, lr=0.1, momentum=0):
        self.l, self.lr, self.mu = model.layers, lr, momentum
        ends = np.cumsum([0, *(p.size for layer in self.l for p in (layer.W, layer.b))])
        flat = np.zeros(ends[-1])
        pieces = [flat[start:end] for start, end in zip(ends, ends[1:])]
        self.v_W = [v.reshape(layer.W.shape) for v, layer in zip(pieces[::2], self.l)]
        self.v_b = [v.reshape(layer.b.shape) for v, layer in zip(pieces[1::2], self.l)]

        def plain(v, gradient):
            return gradient

        def heavy(v, gradient):
            np.multiply(v, momentum, out=v)
            return np.add(v, gradient, out=v)

        self._direction = heavy if momentum else plain

    @property
    def L(self):
        return len(self.l)

    def step(self):
        for layer, v_W, v_b in zip(self.l, self.v_W, self.v_b):
            layer.W -= self.lr * self._direction(v_W, layer.dLdW)
            layer.b -= self.lr * self._direction(v_b, layer.dLdb)
