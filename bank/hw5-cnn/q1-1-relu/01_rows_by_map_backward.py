class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        return np.array(list(map(np.multiply, dY, Z > 0)))
