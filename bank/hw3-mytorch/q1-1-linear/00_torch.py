import torch
class Linear:
    def __init__(self, in_features, out_features):
        self.W, self.b = np.zeros((out_features, in_features)), np.zeros((out_features, 1))
    def forward(self, A):
        self.A, self.N = A, len(A)
        self.t = [torch.tensor(x, requires_grad=True) for x in (A, self.W, self.b)]
        self.Z = self.t[0] @ self.t[1].T + self.t[2].T
        return self.Z.detach().numpy()
    def backward(self, dLdZ):
        dA, dW, db = torch.autograd.grad(self.Z, self.t, torch.tensor(dLdZ))
        self.dLdW, self.dLdb = dW.numpy(), db.numpy()
        return dA.numpy()
