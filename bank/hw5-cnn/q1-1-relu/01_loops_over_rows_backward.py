class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        return np.array([g * (row > 0) for row, g in zip(Z, dY)])
