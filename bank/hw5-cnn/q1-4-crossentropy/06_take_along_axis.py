class CrossEntropy:
    tiny = np.finfo(float).tiny

    def _true(self, Y, Y_hat):
        where = np.argmax(Y, axis=1)[:, None]
        return where, np.fmax(np.take_along_axis(Y_hat, where, axis=1), self.tiny)

    def forward(self, Y, Y_hat):
        return np.negative(np.log(self._true(Y, Y_hat)[1])).mean()

    def backward(self, Y, Y_hat):
        where, p = self._true(Y, Y_hat)
        gradient = np.zeros_like(Y_hat)
        np.put_along_axis(gradient, where, -1 / np.fmax(p, 1e-12) / where.size, axis=1)
        return gradient
