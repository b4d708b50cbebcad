class ReLU:
    def forward(self, Z):
        self.out = np.where(Z > 0, Z, 0.0)
        return self.out

    def backward(self, Z, dY):
        self.out[...] = dY
        self.out[Z <= 0] = 0
        return self.out
