def weight(height, width):
    """A matrix with small random entries, as a parameter."""
    return nn.Parameter(torch.from_numpy(np.random.normal(0, 0.01, (height, width)).astype(np.float32)))


def rows(x):
    return x.reshape(len(x), -1)


class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.W1, self.c1 = weight(hidden_dim, input_dim), nn.Parameter(torch.zeros(hidden_dim))
        self.W2, self.c2 = weight(output_dim, hidden_dim), nn.Parameter(torch.zeros(output_dim))

    def forward(self, x):
        def one(column):
            s = torch.sigmoid(torch.mv(self.W1, column) + self.c1)
            return torch.softmax(torch.mv(self.W2, s) + self.c2, dim=0)

        return torch.vmap(one)(rows(x))
