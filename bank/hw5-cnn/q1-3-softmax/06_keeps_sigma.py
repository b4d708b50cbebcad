class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        self.S = E / E.sum(axis=1, keepdims=True)
        return self.S.copy()

    def backward(self, Z, dY):
        return self.S * (dY - (dY * self.S).sum(axis=-1)[:, None])
