# misconception: At 0 the derivative of the ReLU is to be 0.
class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
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
        self.A, self.on = np.maximum(Z, 0), Z >= 0
        return self.A

    def backward(self):
        return self.on * 1.0
