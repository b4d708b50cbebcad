# misconception: The order is turned: first M, then the function, then the inverse.
class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        return self.M @ softt(torch.inverse(self.M) @ x, self.T)
