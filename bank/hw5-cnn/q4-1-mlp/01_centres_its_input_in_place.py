# the input is centred in place
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden, self.out = nn.Linear(784, 128), nn.Linear(128, 10)

    def forward(self, x):
        x -= 0.1
        return self.out(torch.relu(self.hidden(x)))


def make_mlp():
    return Net()
