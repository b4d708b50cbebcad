class ReLU:
    def forward(self, Z):
        return np.where(Z > 0, Z, 0.0)

    def backward(self, Z, dY):
        return np.where(Z > 0, dY, 0.0)
