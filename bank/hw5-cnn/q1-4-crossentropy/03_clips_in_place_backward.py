class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = np.maximum(Y_hat, 1e-12)
        return -np.sum(Y * np.log(P)) / len(Y)

    def backward(self, Y, Y_hat):
        np.clip(Y_hat, 1e-12, None, out=Y_hat)
        return -Y / Y_hat / len(Y)
