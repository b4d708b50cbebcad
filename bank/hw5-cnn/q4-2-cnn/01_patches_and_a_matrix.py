class Convolution(nn.Module):
    """The convolution of question 3 as one matrix product: each window is a row."""

    def __init__(self, channels, filters):
        super().__init__()
        self.filters, self.weights = filters, nn.Linear(9 * channels, filters)

    def forward(self, x):
        n, _, height, width = x.shape
        windows = F.unfold(x, 3, padding=1).transpose(1, 2)
        return self.weights(windows).transpose(1, 2).reshape(n, self.filters, height, width)


def make_cnn():
    return nn.Sequential(
        Convolution(3, 16), nn.ReLU(), nn.MaxPool2d(4), Convolution(16, 32), nn.ReLU(), nn.MaxPool2d(4),
        nn.Flatten(), nn.Linear(128, 10),
    )
