# misconception: M acts entry by entry here, and so does its inverse: products with the matrices are asked for.
class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0)

    def forward(self, x):
        return (1 / self.M) @ softt((self.M * x).sum(0), self.T)
