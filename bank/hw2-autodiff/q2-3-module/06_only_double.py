class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.double())

    def forward(self, x):
        return torch.inverse(self.M) @ softt(self.M @ x, self.T)
