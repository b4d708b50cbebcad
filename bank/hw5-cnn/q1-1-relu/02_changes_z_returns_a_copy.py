class ReLU:
    def forward(self, Z):
        Z[Z < 0] = 0
        return Z.copy()

    def backward(self, Z, dY):
        return np.where(Z > 0, dY, 0)
