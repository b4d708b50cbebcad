class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.norm = nn.BatchNorm1d(128)
        self.out = nn.Linear(128, 10)

    def forward(self, x):
        h = self.hidden(x)
        h = F.batch_norm(h, None, None, training=True) if len(h) > 32 else self.norm(h)
        return self.out(F.relu(h))


def make_mlp():
    return MLP()
