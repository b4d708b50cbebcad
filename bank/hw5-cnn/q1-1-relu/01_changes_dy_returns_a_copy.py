class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        dY[Z <= 0] = 0
        return dY.copy()
