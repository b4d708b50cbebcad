class ReLU:
    def forward(self, Z):
        return Z * (Z > 0)

    def backward(self, Z, dY):
        return dY * (Z >= 0).astype(float)
