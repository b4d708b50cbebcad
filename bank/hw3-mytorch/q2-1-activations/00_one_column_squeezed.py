# misconception: An input with one column loses its second axis.
class Sigmoid:
    def forward(self, Z):
        self.A = 0.5 + 0.5 * np.tanh(Z / 2)
        return self.A

    def backward(self):
        return self.A * (1 - self.A)


class Tanh:
    def forward(self, Z):
        self.A = np.squeeze(np.tanh(Z), axis=1) if Z.shape[1] == 1 else np.tanh(Z)
        return self.A

    def backward(self):
        return 1 - self.A**2


class ReLU:
    def forward(self, Z):
        self.A = np.where(Z > 0, Z, 0.0)
        return self.A

    def backward(self):
        return np.where(self.A > 0, 1.0, 0.0)
