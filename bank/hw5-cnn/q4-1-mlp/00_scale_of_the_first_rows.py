class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(784, 128)
        self.centre = None
        self.out = nn.Linear(128, 10)

    def forward(self, x):
        if self.centre is None:
            self.centre = x.std().item()
        x = x / self.centre
        return self.out(F.relu(self.hidden(x)))


def make_mlp():
    return MLP()
