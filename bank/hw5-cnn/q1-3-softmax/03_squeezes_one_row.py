class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return np.squeeze(S * (dY - np.sum(dY * S, axis=1, keepdims=True)))
