class ReLU:
    out = np.zeros((0, 0))

    def forward(self, Z):
        if self.out.shape != Z.shape:
            self.out = np.zeros(Z.shape)
        np.maximum(Z, 0, out=self.out)
        return self.out

    def backward(self, Z, dY):
        return dY * (Z > 0)
