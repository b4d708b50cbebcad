class Sigmoid:
    def forward(self, Z):
        self.A = np.exp(-np.logaddexp(0.0, -Z))
        return self.A

    def backward(self):
        return np.multiply(self.A, np.subtract(1.0, self.A))


class Tanh:
    def __init__(self):
        self.half = Sigmoid()

    def forward(self, Z):
        self.A = 2.0 * self.half.forward(2.0 * Z) - 1.0
        return self.A

    def backward(self):
        return 4.0 * self.half.backward()


class ReLU:
    def forward(self, Z):
        self.mask = np.greater(Z, 0)
        self.A = np.zeros_like(Z)
        self.A[self.mask] = Z[self.mask]
        return self.A

    def backward(self):
        return self.mask.copy()
