from functools import partial


class ReLU:
    def forward(self, Z):
        return np.array(list(map(partial(np.maximum, 0), Z)))

    def backward(self, Z, dY):
        return dY * (Z > 0)
