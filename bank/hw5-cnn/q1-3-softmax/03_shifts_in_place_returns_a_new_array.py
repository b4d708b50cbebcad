class SoftMax:
    def forward(self, Z):
        Z -= Z.max(axis=1, keepdims=True)
        E = np.exp(Z)
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - np.sum(dY * S, axis=1, keepdims=True))
