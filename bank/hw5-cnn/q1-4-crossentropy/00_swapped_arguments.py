class CrossEntropy:
    def forward(self, Y_hat, Y):
        P = np.clip(Y_hat, 1e-12, None)
        return float(-np.mean(np.sum(Y * np.log(P), axis=1)))

    def backward(self, Y_hat, Y):
        P = np.clip(Y_hat, 1e-12, None)
        return -(Y / P) / Y.shape[0]
