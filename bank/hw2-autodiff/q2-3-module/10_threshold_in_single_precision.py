class MatmulSofttMatmulinv(nn.Module):
    """x (d,) ↦ M⁻¹ f_T(M x) with the parameter M (d, d)."""

    def __init__(self, T, M0):
        super().__init__()
        self.register_buffer("T", torch.tensor(float(T)))  # saved with the state_dict
        self.M = nn.Parameter(M0.clone())

    def forward(self, x):
        """Vector (d,) to vector (d,)."""
        return torch.linalg.solve(self.M, softt(self.M @ x, self.T.item()))
