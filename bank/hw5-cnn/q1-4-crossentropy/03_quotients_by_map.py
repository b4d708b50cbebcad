class CrossEntropy:
    def forward(self, Y, Y_hat):
        return float(-np.mean(np.sum(Y * np.log(np.clip(Y_hat, 1e-12, None)), axis=1)))

    def backward(self, Y, Y_hat):
        return -np.array(list(map(np.divide, Y, np.clip(Y_hat, 1e-12, None)))) / len(Y)
