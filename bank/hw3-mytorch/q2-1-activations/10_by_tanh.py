class Sigmoid:
    def forward(self, Z):
        self.A = 0.5 * (1 + np.tanh(Z / 2))
        return self.A
    def backward(self):
        return self.A * (1 - self.A)
class Tanh:
    def forward(self, Z):
        self.A = 2 / (1 + np.exp(-2 * Z)) - 1
        return self.A
    def backward(self):
        return (1 - self.A) * (1 + self.A)
class ReLU:
    def forward(self, Z):
        self.A = (Z > 0) * Z
        return self.A
    def backward(self):
        return self.A > 0
