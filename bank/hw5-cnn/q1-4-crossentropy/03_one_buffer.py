class CrossEntropy:
    def forward(self, Y, Y_hat):
        return -np.sum(Y * np.log(np.maximum(Y_hat, 1e-12))) / len(Y)

    def backward(self, Y, Y_hat):
        if getattr(self, "gradient", None) is None or self.gradient.shape != Y.shape:
            self.gradient = np.empty(Y.shape)
        np.divide(Y, -len(Y) * np.maximum(Y_hat, 1e-12), out=self.gradient)
        return self.gradient
