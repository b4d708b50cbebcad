class ReLU:
    def forward(self, Z):
        return max(Z, 0)

    def backward(self, Z, dY):
        return dY * (Z > 0)
