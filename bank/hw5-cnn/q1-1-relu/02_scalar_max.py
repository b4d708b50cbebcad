class ReLU:
    def forward(self, Z):
        return np.max(Z) + 0 * Z

    def backward(self, Z, dY):
        return dY * (Z > 0)
