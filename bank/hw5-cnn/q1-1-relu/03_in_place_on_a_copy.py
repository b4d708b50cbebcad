class ReLU:
    def forward(self, Z):
        Y = np.array(Z)
        Y[Y < 0] = 0.0
        return Y

    def backward(self, Z, dY):
        dZ = dY.copy()
        dZ[Z < 0] = 0
        return dZ
