class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        u = self.M @ x
        for i in range(len(u)):
            x[i] = softt(u[i], self.T)
        return torch.inverse(self.M) @ x
