class SoftMax:
    def forward(self, Z):
        m = np.maximum.reduce(Z, axis=1, keepdims=True)
        E = np.exp(Z - m)
        return E / (E @ np.ones((Z.shape[1], 1)))

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - np.sum(dY * S, axis=1, keepdims=True))
