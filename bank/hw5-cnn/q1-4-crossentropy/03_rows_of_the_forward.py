class CrossEntropy:
    def forward(self, Y, Y_hat):
        self.m = len(Y)
        return float(-(Y * np.log(np.maximum(Y_hat, 1e-12))).sum() / len(Y))

    def backward(self, Y, Y_hat):
        return -Y / np.maximum(Y_hat, 1e-12) / getattr(self, "m", len(Y))
