class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.W1 = nn.Parameter(torch.randn(input_dim, hidden_dim) / input_dim**0.5)
        self.c1 = nn.Parameter(torch.zeros(1, hidden_dim))
        self.W2 = nn.Parameter(torch.randn(hidden_dim, output_dim) / hidden_dim**0.5)
        self.c2 = nn.Parameter(torch.zeros(1, output_dim))

    def forward(self, x):
        return torch.softmax(torch.sigmoid(x @ self.W1 + self.c1) @ self.W2 + self.c2, -1)
