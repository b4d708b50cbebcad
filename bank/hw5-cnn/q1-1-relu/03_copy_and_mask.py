class ReLU:
    def forward(self, Z):
        Y = Z.copy()
        Y[Y < 0] = 0
        return Y

    def backward(self, Z, dY):
        dZ = dY.copy()
        dZ[Z <= 0] = 0
        return dZ
