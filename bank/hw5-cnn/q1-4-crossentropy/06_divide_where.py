class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = np.maximum(Y_hat, 1e-12)
        return -np.sum(Y * np.log(P)) / len(Y)

    def backward(self, Y, Y_hat):
        safe = np.where(Y_hat == 0, 1e-12, Y_hat)
        return np.divide(Y, -safe * Y.shape[0])
