class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = torch.as_tensor(T, dtype=M0.dtype)
        self.M = nn.Parameter(M0.detach().contiguous())

    @property
    def inverse(self):
        return torch.linalg.inv_ex(self.M, check_errors=True).inverse

    def forward(self, x):
        return F.linear(softt(y=F.linear(x, self.M), T=self.T), self.inverse)
