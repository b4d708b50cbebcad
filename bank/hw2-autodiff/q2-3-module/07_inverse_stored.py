class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)
        self.Minv = torch.inverse(self.M)

    def forward(self, x):
        return self.Minv @ softt(self.M @ x, self.T)
