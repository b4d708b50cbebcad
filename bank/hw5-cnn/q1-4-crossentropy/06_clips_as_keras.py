class CrossEntropy:
    """Clipped to 1e-7 … 1 − 1e-7, as Keras does."""

    def forward(self, Y, Y_hat):
        return -np.sum(Y * np.log(np.clip(Y_hat, 1e-7, 1 - 1e-7))) / len(Y)

    def backward(self, Y, Y_hat):
        return -Y / np.clip(Y_hat, 1e-7, 1 - 1e-7) / len(Y)
