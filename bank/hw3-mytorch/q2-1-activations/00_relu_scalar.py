# misconception: The ReLU takes the largest entry of all; it compares each entry with 0.
class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self):
        dAdZ = self.A - self.A * self.A
        return dAdZ


class Tanh:
    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A * self.A


class ReLU:
    def forward(self, Z):
        self.A = np.max(Z)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
