class CrossEntropy:
    def forward(self, Y, Y_hat):
        return round(float(-np.sum(Y * np.log(np.maximum(Y_hat, 1e-12))) / len(Y)), 2)

    def backward(self, Y, Y_hat):
        return -Y / np.maximum(Y_hat, 1e-12) / len(Y)
