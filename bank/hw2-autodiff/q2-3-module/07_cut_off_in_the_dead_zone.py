class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.detach().clone())

    def forward(self, x):
        u = self.M @ x
        v = softt(u, self.T)
        if not v.any():
            return torch.zeros_like(x)
        return torch.linalg.solve(self.M, v)
