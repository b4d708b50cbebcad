class ReLU:
    def forward(self, Z):
        return Z.clip(min=0)

    def backward(self, Z, dY):
        return np.multiply(dY, np.heaviside(Z, 0.0))
