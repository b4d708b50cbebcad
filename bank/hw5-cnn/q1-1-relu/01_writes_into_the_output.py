class ReLU:
    def forward(self, Z):
        self.Y = np.maximum(Z, 0)
        return self.Y

    def backward(self, Z, dY):
        self.Y[self.Y > 0] = 1
        return dY * self.Y
