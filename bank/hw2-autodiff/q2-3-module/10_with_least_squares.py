class MatmulSofttMatmulinv(nn.Module):
    def __init__(self, T: float, M0: torch.Tensor) -> None:
        nn.Module.__init__(self)
        self.T, self.M = T, nn.Parameter(M0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        back = lambda v: torch.linalg.lstsq(self.M, v.unsqueeze(-1)).solution.squeeze(-1)
        return back(softt(F.linear(x, self.M), self.T))
