class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = np.maximum(Y_hat, 1e-12)
        return -np.sum(Y * np.log(P)) / len(Y)

    def backward(self, Y, Y_hat):
        return np.array([-y / np.maximum(p, 1e-12) for y, p in zip(Y, Y_hat)]) / len(Y)
