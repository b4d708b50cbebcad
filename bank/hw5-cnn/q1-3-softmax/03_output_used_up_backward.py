class SoftMax:
    def forward(self, Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        self.Y = E / E.sum(axis=1, keepdims=True)
        return self.Y

    def backward(self, Z, dY):
        self.Y *= dY - (dY * self.Y).sum(axis=1, keepdims=True)
        return self.Y
