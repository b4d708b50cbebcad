# misconception: M is made symmetric in forward: use it as it is.
class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        with torch.no_grad():
            self.M.copy_((self.M + self.M.T) / 2)
        return torch.inverse(self.M) @ softt(self.M @ x, self.T)
