class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return np.exp(Z - Z.max(1, keepdims=True) - np.log(E.sum(1, keepdims=True)))

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - (dY * S).sum(axis=1, keepdims=True))
