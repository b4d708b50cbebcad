class ReLU:
    def forward(self, Z):
        Z[Z < 0] = 0
        return Z

    def backward(self, Z, dY):
        return dY * (Z > 0)
