def make_mlp(hidden: int = 60, pieces: int = 3, p: float = 0.1) -> nn.Module:
    class Maxout(nn.Module):
        """The nonlinearity is the maximum of some linear functions."""

        def __init__(self):
            super().__init__()
            self.first = nn.Linear(784, hidden * pieces)
            self.last = nn.Linear(in_features=hidden, out_features=10)

        def forward(self, x):
            x = F.dropout(x, p, training=self.training)
            return self.last(self.first(x).unflatten(-1, (hidden, pieces)).amax(dim=-1))

    return Maxout()
