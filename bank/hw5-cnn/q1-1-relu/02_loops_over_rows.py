class ReLU:
    def forward(self, Z):
        return np.array([np.maximum(row, 0) for row in Z])

    def backward(self, Z, dY):
        return dY * (Z > 0)
