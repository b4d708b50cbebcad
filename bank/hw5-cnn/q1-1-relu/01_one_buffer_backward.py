class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        if getattr(self, "dZ", None) is None or self.dZ.shape != Z.shape:
            self.dZ = np.empty(Z.shape)
        np.multiply(dY, Z > 0, out=self.dZ)
        return self.dZ
