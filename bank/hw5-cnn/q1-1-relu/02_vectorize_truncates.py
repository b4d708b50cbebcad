# misconception: np.vectorize takes its type from the first result: where that is the integer 0, all outputs are cut to integers.
class ReLU:
    def forward(self, Z):
        return np.vectorize(lambda z: max(z, 0))(Z)

    def backward(self, Z, dY):
        return dY * (Z > 0)
