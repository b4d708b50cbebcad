# misconception: There is a sigmoid between the second affine map and the softmax; the formula has none there.
class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        for layer in (self.fc1, self.fc2):
            x = torch.sigmoid(layer(x))
        return torch.softmax(x, dim=1)
