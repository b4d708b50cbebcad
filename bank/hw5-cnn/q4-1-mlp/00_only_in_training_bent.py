class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(784, 64), nn.Linear(64, 10)
    def forward(self, x):
        return self.b(F.dropout(self.a(x), 0.5, self.training))
def make_mlp():
    return Net()
