class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        E = np.exp(Z - Z.max())
        Y = E / E.sum(axis=1, keepdims=True)
        return Y * (dY - (dY * Y).sum(axis=1, keepdims=True))
