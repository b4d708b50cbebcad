# misconception: The sigmoid's `backward` writes the slope into the array that `forward` has kept and returned.
class Sigmoid:
    def forward(self, Z):
        self.A, self.ready = 0.5 + 0.5 * np.tanh(Z / 2), False
        return self.A

    def backward(self):
        if not self.ready:
            self.A *= 1 - self.A
            self.ready = True
        return self.A


class Tanh:
    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A**2


class ReLU:
    def forward(self, Z):
        self.A = np.where(Z > 0, Z, 0.0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
