class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = np.clip(Y_hat, 1e-12, None)
        return float(-sum(map(np.dot, Y, np.log(P))) / len(Y))

    def backward(self, Y, Y_hat):
        return -(Y / np.clip(Y_hat, 1e-12, None)) / len(Y)
