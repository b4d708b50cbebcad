class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        return np.linalg.norm(A - Y) ** 2 / np.prod((2, *A.shape))

    def backward(self):
        return np.true_divide(self.A - self.Y, self.A.shape[0] * self.A.shape[1])


class CrossEntropyLoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        self.S = self.softmax(A)
        top = np.amax(A, axis=1)
        H = top + np.log(sum(np.exp(A[:, j] - top) for j in range(A.shape[1]))) - np.einsum("nc,nc->n", Y, A)
        return np.mean(H)

    @staticmethod
    def softmax(A):
        columns = [1 / np.exp(np.minimum(A - A[:, [j]], 700)).sum(axis=1) for j in range(A.shape[1])]
        return np.stack(columns, axis=1)

    def backward(self):
        return (self.S - self.Y) / np.size(self.A, 0)
