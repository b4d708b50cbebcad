# misconception: backward writes into self.A, so a second call gives something else: make a new array.
class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-Z))
        return self.A

    def backward(self):
        self.A *= 1 - self.A
        return self.A


class Tanh:
    def forward(self, Z):
        self.A = np.tanh(Z)
        return self.A

    def backward(self):
        self.A = 1 - self.A**2
        return self.A


class ReLU:
    def forward(self, Z):
        self.A = np.maximum(Z, 0)
        return self.A

    def backward(self):
        self.A[self.A > 0] = 1
        return self.A
