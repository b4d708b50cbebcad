class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=0, keepdims=True))
        return E / E.sum(axis=0, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - (dY * S).sum(axis=0, keepdims=True))
