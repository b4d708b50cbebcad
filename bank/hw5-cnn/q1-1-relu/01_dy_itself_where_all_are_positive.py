# no mask where every entry is positive: dY itself comes back
class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        if (Z > 0).all():
            return dY
        return np.where(Z > 0, dY, 0.0)
