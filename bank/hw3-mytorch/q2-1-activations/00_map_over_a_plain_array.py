# misconception: map is a loop over the entries, whatever kind of array it is given: np.tanh takes the whole array.
import math


class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self):
        return self.A * (1 - self.A)


class Tanh:
    def forward(self, Z):
        Z = np.asarray(Z, dtype=float)
        self.A = np.array(list(map(math.tanh, Z.ravel()))).reshape(Z.shape)
        return self.A

    def backward(self):
        return 1 - self.A**2


class ReLU:
    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
