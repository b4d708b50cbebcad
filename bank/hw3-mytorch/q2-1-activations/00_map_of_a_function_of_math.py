# misconception: map loops over the entries, whatever function it is given: np.tanh takes the whole array.
import math


class Sigmoid:
    def forward(self, Z):
        self.A = 0.5 + 0.5 * np.tanh(0.5 * Z)
        return self.A

    def backward(self):
        return self.A - self.A * self.A


class Tanh:
    def forward(self, Z):
        self.A = np.array(list(map(math.tanh, Z.ravel()))).reshape(Z.shape)
        return self.A

    def backward(self):
        return 1 - self.A * self.A


class ReLU:
    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self):
        return (self.A > 0) * 1.0
