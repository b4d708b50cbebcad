class SoftMax:
    def forward(self, Z):
        raise NotImplementedError('1.3: forward')

    def backward(self, Z, dY):
        S = self.forward(Z)
        return S * (dY - (dY * S).sum(axis=1, keepdims=True))
