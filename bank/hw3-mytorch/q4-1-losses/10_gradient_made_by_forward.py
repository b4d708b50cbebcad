from abc import ABC, abstractmethod


class Loss(ABC):
    @abstractmethod
    def of(self, A, Y):
        """The loss and its gradient."""

    def forward(self, A, Y):
        self.A, self.Y = A.copy(), Y.copy()
        loss, self._gradient = self.of(self.A, self.Y)
        return loss

    def backward(self):
        return self._gradient.copy()


class MSELoss(Loss):
    def of(self, A, Y):
        error = A - Y
        return np.vdot(error, error) / error.size / 2, error / error.size


class CrossEntropyLoss(Loss):
    def of(self, A, Y):
        log_softmax = A - np.logaddexp.reduce(A, axis=-1)[:, None]
        loss = np.einsum("nc,nc->", Y, log_softmax) / -len(Y)
        return np.asarray(loss), np.divide(np.exp(log_softmax) - Y, len(Y))
