from dataclasses import dataclass


@dataclass(eq=False, repr=False)
class MLPinPyTorch(nn.Module):
    input_dim: int = 3072
    hidden_dim: int = 256
    output_dim: int = 10

    def __post_init__(self):
        super().__init__()
        self.weights = nn.ParameterDict(
            {
                "W1": nn.init.xavier_uniform_(torch.empty(self.hidden_dim, self.input_dim)),
                "c1": torch.zeros(1, self.hidden_dim),
                "W2": nn.init.xavier_uniform_(torch.empty(self.output_dim, self.hidden_dim)),
                "c2": torch.zeros(1, self.output_dim),
            }
        )

    def forward(self, x):
        w = self.weights
        s = torch.einsum("nd,hd->nh", x, w["W1"]).add(w["c1"]).sigmoid()
        return torch.einsum("nh,ch->nc", s, w["W2"]).add(w["c2"]).softmax(-1)
