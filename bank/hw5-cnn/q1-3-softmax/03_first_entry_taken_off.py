class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z[:, :1])
        return E / E.sum(axis=1, keepdims=True)

    def backward(self, Z, dY):
        Y = self.forward(Z)
        return Y * (dY - (dY * Y).sum(axis=1, keepdims=True))
