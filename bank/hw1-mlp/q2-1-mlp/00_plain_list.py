class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.W = [0.1 * torch.randn(hidden_dim, input_dim), 0.1 * torch.randn(output_dim, hidden_dim)]
        self.c = [torch.zeros(hidden_dim), torch.zeros(output_dim)]

    def forward(self, x):
        s = torch.sigmoid(F.linear(x, self.W[0], self.c[0]))
        return F.softmax(F.linear(s, self.W[1], self.c[1]), dim=1)
