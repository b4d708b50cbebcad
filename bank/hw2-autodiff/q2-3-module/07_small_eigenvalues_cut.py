class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.detach().clone())

    def forward(self, x):
        return torch.linalg.pinv(self.M, rtol=1e-1) @ softt(self.M @ x, self.T)
