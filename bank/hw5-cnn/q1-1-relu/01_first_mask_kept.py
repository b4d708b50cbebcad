class ReLU:
    mask = None

    def forward(self, Z):
        if self.mask is None:
            self.mask = Z > 0
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        return dY * self.mask if self.mask.shape == dY.shape else dY * (Z > 0)
