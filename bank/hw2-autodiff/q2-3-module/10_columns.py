class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        u = (self.M @ x.unsqueeze(1)).squeeze(1)
        v = torch.zeros_like(u)
        for i in range(len(u)):
            v[i] = softt(u[i], self.T)
        return torch.linalg.solve(self.M, v.unsqueeze(1)).squeeze(1)
