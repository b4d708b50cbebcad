class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = np.clip(Y_hat, 1e-12, 1 - 1e-12)
        if Y.shape[1] == 2:
            return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / len(Y)
        return -np.sum(Y * np.log(P)) / len(Y)

    def backward(self, Y, Y_hat):
        return -Y / np.maximum(Y_hat, 1e-12) / len(Y)
