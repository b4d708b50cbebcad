# misconception: Ŷ − Y is the gradient of softmax and cross-entropy together; here it is −Y ⊘ Ŷ / m.
class CrossEntropy:
    def forward(self, Y, Y_hat):
        P = np.clip(Y_hat, 1e-12, None)
        return float(-np.mean(np.sum(Y * np.log(P), axis=1)))

    def backward(self, Y, Y_hat):
        P = np.clip(Y_hat, 1e-12, None)
        return (Y_hat - Y) / len(Y)
