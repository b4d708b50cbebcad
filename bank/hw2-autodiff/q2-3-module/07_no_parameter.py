class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = M0.clone().requires_grad_()

    def forward(self, x):
        return torch.inverse(self.M) @ softt(self.M @ x, self.T)
