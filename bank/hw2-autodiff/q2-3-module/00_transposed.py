# misconception: That is the transpose; the inverse is asked for.
class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        return self.M.T @ softt(self.M @ x, self.T)
