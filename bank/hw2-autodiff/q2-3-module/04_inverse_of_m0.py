# misconception: The inverse is a stored constant: no gradient reaches M through it, and it is out of date after an update.
class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)
        self.Minv = torch.inverse(M0.detach())

    def forward(self, x):
        return self.Minv @ softt(self.M @ x, self.T)
