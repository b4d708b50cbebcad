# misconception: This is a leaky ReLU: below 0 the output must be 0.
class ReLU:
    def forward(self, Z):
        return np.where(Z > 0, Z, 0.01 * Z)

    def backward(self, Z, dY):
        return dY * np.where(Z > 0, 1, 0.01)
