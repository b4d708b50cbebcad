class SoftMax:
    cache = {}

    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        self.cache["Y"] = E / E.sum(axis=1, keepdims=True)
        return self.cache["Y"].copy()

    def backward(self, Z, dY):
        Y = self.cache["Y"]
        return Y * (dY - (dY * Y).sum(axis=1, keepdims=True))
