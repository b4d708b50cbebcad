# misconception: np.vectorize calls a function of Python for every entry: np.exp takes the whole array.
import math


class Sigmoid:
    def forward(self, Z):
        self.A = np.vectorize(lambda z: 1 / (1 + math.exp(-z)) if z > -700 else 0.0)(Z)
        return self.A

    def backward(self):
        return self.A - self.A * self.A


class Tanh:
    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A * self.A


class ReLU:
    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
