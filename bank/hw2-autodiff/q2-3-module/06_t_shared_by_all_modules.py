class MatmulSofttMatmulinv(nn.Module):
    T = None

    def __init__(self, T, M0):
        super().__init__()
        MatmulSofttMatmulinv.T = T
        self.M = nn.Parameter(M0.clone())

    def forward(self, x):
        return torch.linalg.inv(self.M) @ softt(self.M @ x, self.T)
