class ReLU(Linear):
    @staticmethod
    def forward(Z):
        return np.fmax(Z, 0.0)

    @staticmethod
    def backward(Z, dY):
        return np.einsum("ij,ij->ij", (Z > 0).astype(float), dY)
