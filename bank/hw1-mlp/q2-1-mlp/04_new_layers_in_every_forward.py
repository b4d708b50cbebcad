class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.sizes = input_dim, hidden_dim, output_dim
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        fc1, fc2 = nn.Linear(*self.sizes[:2]), nn.Linear(*self.sizes[1:])
        return torch.softmax(fc2(torch.sigmoid(fc1(x))), dim=1)
