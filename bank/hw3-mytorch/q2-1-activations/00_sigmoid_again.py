# misconception: The sigmoid is applied to A once more: the derivative is A − A², with the output A.
class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self):
        s = 1 / (1 + np.exp(-self.A))
        dAdZ = s - s * s
        return dAdZ


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
