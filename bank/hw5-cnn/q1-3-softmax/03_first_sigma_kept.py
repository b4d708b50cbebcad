class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        if getattr(self, "S", None) is None or self.S.shape != Z.shape:
            self.S = self.forward(Z)
        return self.S * (dY - np.sum(dY * self.S, axis=1, keepdims=True))
