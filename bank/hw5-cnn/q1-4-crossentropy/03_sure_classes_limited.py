class CrossEntropy:
    def forward(self, Y, Y_hat):
        return float(-(Y * np.log(np.maximum(Y_hat, 1e-12))).sum() / len(Y))

    def backward(self, Y, Y_hat):
        P = np.clip(Y_hat, 1e-12, 0.9)
        return -Y / P / len(Y)
