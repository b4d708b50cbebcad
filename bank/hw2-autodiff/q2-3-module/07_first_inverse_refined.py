class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T, M0):
        super().__init__()
        self.T = T
        self.M = nn.Parameter(M0.detach().clone())
        self.register_buffer("B", torch.inverse(M0.detach()))

    def forward(self, x):
        eye = torch.eye(len(x), dtype=x.dtype)
        B = self.B
        for _ in range(6):
            B = B @ (2 * eye - self.M @ B)
        return B @ softt(self.M @ x, self.T)
