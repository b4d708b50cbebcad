class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - (dY * S).sum(axis=1, keepdims=True))
