class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.c2 = nn.Parameter(torch.zeros(output_dim, 1))
        self.W2 = nn.Parameter(0.1 * torch.randn(output_dim, hidden_dim))
        self.c1 = nn.Parameter(torch.zeros(hidden_dim, 1))
        self.W1 = nn.Parameter(0.01 * torch.randn(hidden_dim, input_dim))

    def forward(self, x):
        z = self.W2 @ torch.sigmoid(self.W1 @ x.T + self.c1) + self.c2
        return torch.softmax(z, dim=0).T
