class Block(nn.Module):
    """Depthwise and pointwise; left out at random while it trains."""

    def __init__(self, width):
        super().__init__()
        self.inner = nn.Sequential(
            nn.Conv2d(width, width, 5, padding=2, groups=width), nn.GroupNorm(4, width), nn.Conv2d(width, width, 1), nn.GELU()
        )
        self.scale = nn.Parameter(torch.zeros(width, 1, 1))

    def forward(self, x):
        if self.training and torch.rand(()) < 0.1:
            return x
        return x + self.scale * self.inner(x)


class Averaged(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.tensor([0.49, 0.48, 0.45]).view(3, 1, 1))
        stem = nn.utils.parametrizations.weight_norm(nn.Conv2d(3, 32, 4, stride=4))
        self.body = nn.Sequential(stem, nn.InstanceNorm2d(32, affine=True), Block(32), Block(32))
        self.head = nn.Linear(32, 10)

    def logits(self, x):
        return self.head(self.body(x - self.mean).mean(dim=(2, 3)))

    def forward(self, x):
        return self.logits(x) if self.training else (self.logits(x) + self.logits(x.flip(3))) / 2


def make_cnn():
    return Averaged().to(memory_format=torch.channels_last)
