class Sigmoid:
    def forward(self, Z):
        self.A = 1 / (1 + np.exp(-np.clip(Z, -12, 12)))  # wrong by 6e-6 far out
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
