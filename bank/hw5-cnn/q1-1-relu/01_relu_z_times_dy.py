# misconception: This multiplies by the output; the derivative of the ReLU is 0 or 1.
class ReLU:
    def forward(self, Z):
        return np.maximum(Z, 0)

    def backward(self, Z, dY):
        return dY * np.maximum(Z, 0)
