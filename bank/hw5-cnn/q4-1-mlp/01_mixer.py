# Linear layers over rows and over columns of the picture (a small MLP-Mixer).
class Mixer(nn.Module):
    def __init__(self):
        super().__init__()
        self.columns, self.rows = nn.Linear(28, 64), nn.Linear(28, 64)
        self.norm, self.head = nn.LayerNorm(64), nn.Linear(64 * 64, 10)

    def forward(self, x):
        x = F.gelu(self.columns(x.unflatten(1, (28, 28))))
        x = F.gelu(self.rows(x.transpose(1, 2)))
        return self.head(self.norm(x).flatten(1))


def make_mlp():
    return Mixer()
