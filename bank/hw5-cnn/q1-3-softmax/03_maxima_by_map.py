class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - np.array(list(map(max, Z)))[:, None])
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - (dY * S).sum(axis=1, keepdims=True))
