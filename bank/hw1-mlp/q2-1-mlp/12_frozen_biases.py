# misconception: Some of the registered parameters are not learned.
class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.W1 = nn.Parameter(0.01 * torch.randn(input_dim, hidden_dim))
        self.c1 = nn.Parameter(torch.zeros(hidden_dim), requires_grad=False)
        self.W2 = nn.Parameter(0.1 * torch.randn(hidden_dim, output_dim))
        self.c2 = nn.Parameter(torch.zeros(output_dim), requires_grad=False)

    def forward(self, x):
        return torch.softmax(torch.sigmoid(x @ self.W1 + self.c1) @ self.W2 + self.c2, dim=1)
