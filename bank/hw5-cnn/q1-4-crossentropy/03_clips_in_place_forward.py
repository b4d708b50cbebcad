class CrossEntropy:
    def forward(self, Y, Y_hat):
        np.maximum(Y_hat, 1e-12, out=Y_hat)
        return -np.sum(Y * np.log(Y_hat)) / len(Y)

    def backward(self, Y, Y_hat):
        return -Y / np.maximum(Y_hat, 1e-12) / len(Y)
