class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.register_buffer("T", torch.tensor(T, dtype=M0.dtype))
        self.M = nn.Parameter(M0.detach().clone(), requires_grad=True)

    def forward(self, x):
        u = torch.einsum("ij,j->i", self.M, x)
        factors, pivots = torch.linalg.lu_factor(self.M)
        return torch.linalg.lu_solve(factors, pivots, softt(u, self.T)[:, None])[:, 0]
