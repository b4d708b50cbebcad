class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = Y_hat + 1e-12
        return float(-np.mean(np.sum(Y * np.log(P), axis=1)))

    def backward(self, Y, Y_hat):
        P = Y_hat + 1e-12
        return -(Y / P) / Y.shape[0]
