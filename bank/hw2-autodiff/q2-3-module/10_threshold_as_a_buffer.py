class Base(nn.Module):
    def __init__(self, T):
        super().__init__()
        self.register_buffer("T", torch.as_tensor(T))


class MatmulSofttMatmulinv(Base):
    def __init__(self, T, M0):
        super().__init__(T)
        self.M = nn.Parameter(torch.empty_like(M0))
        with torch.no_grad():
            self.M.copy_(M0)

    def forward(self, x):
        M = self.M
        return M.inverse().mv(softt(M.mv(x), self.T))
