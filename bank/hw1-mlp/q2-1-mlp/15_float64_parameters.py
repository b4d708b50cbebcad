class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.W1 = nn.Parameter(torch.from_numpy(np.random.randn(input_dim, hidden_dim) / np.sqrt(input_dim)))
        self.c1 = nn.Parameter(torch.from_numpy(np.zeros(hidden_dim)))
        self.W2 = nn.Parameter(torch.from_numpy(np.random.randn(hidden_dim, output_dim) / np.sqrt(hidden_dim)))
        self.c2 = nn.Parameter(torch.from_numpy(np.zeros(output_dim)))

    def forward(self, x):
        s = torch.sigmoid(x.to(self.W1.dtype) @ self.W1 + self.c1)
        return torch.softmax(s @ self.W2 + self.c2, dim=1)
