class SoftMax:
    def forward(self, Z):
        return np.array([np.exp(z - z.max()) / np.exp(z - z.max()).sum() for z in Z])

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - np.sum(dY * S, axis=1, keepdims=True))
