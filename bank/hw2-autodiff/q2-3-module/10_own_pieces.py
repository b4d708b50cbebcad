class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.register_parameter("M", nn.Parameter(M0.detach().clone()))
    def forward(self, x):
        u = self.M.matmul(x)
        v = torch.zeros_like(u)
        right, left = u > self.T, u < -self.T
        v = torch.where(right, (u - self.T).pow(2), v)
        v = torch.where(left, (u + self.T).pow(3), v)
        return torch.linalg.inv(self.M).matmul(v)
