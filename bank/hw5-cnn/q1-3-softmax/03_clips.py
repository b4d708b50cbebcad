class SoftMax:
    def forward(self, Z):
        E = np.exp(np.clip(Z, -700, 700))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - np.sum(dY * S, axis=1, keepdims=True))
