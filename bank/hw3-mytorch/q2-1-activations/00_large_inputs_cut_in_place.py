# misconception: Large entries of Z are cut in the array that was given: np.clip makes an array of its own.
class Sigmoid:
    def forward(self, Z):
        Z[Z > 500] = 500
        Z[Z < -500] = -500
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self):
        return self.A - self.A**2


class Tanh:
    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A**2


class ReLU:
    def forward(self, Z):
        self.A = Z * (Z > 0)
        return self.A

    def backward(self):
        return 1.0 * (self.A > 0)
