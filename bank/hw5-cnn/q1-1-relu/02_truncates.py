class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0).astype(int)

    def backward(self, Z, dY):
        return dY * (Z > 0)
