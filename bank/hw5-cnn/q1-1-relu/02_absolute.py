# misconception: This is the absolute value: below 0 the output must be 0.
class ReLU:
    def forward(self, Z):
        return np.abs(Z)

    def backward(self, Z, dY):
        return dY * (Z > 0)
