# misconception: Python's sum is a loop over the rows: np.sum or np.mean takes the whole array.
class MSELoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        return np.mean((A - Y) ** 2) / 2

    def backward(self):
        return (self.A - self.Y) / self.A.size


class CrossEntropyLoss:
    def forward(self, A, Y):
        self.A, self.Y = A, Y
        self.log_p = A - np.logaddexp.reduce(A, axis=1, keepdims=True)
        H = -np.einsum("ij,ij->i", Y, self.log_p)
        return sum(H) / len(H)

    def backward(self):
        return (np.exp(self.log_p) - self.Y) / len(self.A)
