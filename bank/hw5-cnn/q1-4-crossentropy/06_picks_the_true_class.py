class CrossEntropy:
    tiny = np.finfo(np.float64).eps

    def forward(self, Y, Y_hat):
        true = Y.astype(bool)
        return float(np.mean(-np.log(np.clip(Y_hat[true], self.tiny, 1))))

    def backward(self, Y, Y_hat):
        gradient = np.zeros_like(Y_hat)
        true = Y.astype(bool)
        gradient[true] = -1 / (len(Y) * np.clip(Y_hat[true], self.tiny, 1))
        return gradient
