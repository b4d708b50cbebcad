class Gated(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("scale", torch.tensor(0.5))
        self.both, self.norm, self.out = nn.Linear(784, 128), nn.LayerNorm(64), nn.Linear(64, 10, bias=False)

    def forward(self, x):
        a, gate = self.both(x * self.scale).chunk(2, dim=-1)
        return self.out(self.norm(a * torch.sigmoid(gate)))


def make_mlp():
    return Gated()
