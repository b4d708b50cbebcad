class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(100, 10)
        self.norm = nn.LayerNorm(100)
        self.hidden = nn.Linear(784, 100)

    def forward(self, x):
        return self.out(F.leaky_relu(self.norm(self.hidden(x)), 0.1))


def make_mlp():
    return Net()
