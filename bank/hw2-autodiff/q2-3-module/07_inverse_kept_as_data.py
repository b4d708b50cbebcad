# misconception: The inverse is kept from the first call on: it is out of date after an update.
class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)
        self.old = None

    def forward(self, x):
        if self.old is None:
            self.old = self.M.detach().clone()
        return torch.linalg.solve(self.M + (self.old - self.M).detach(), softt(self.M @ x, self.T))
