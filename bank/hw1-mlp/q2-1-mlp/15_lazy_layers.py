class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.hidden = nn.LazyLinear(hidden_dim)
        self.output = nn.LazyLinear(output_dim)

    def forward(self, x):
        return torch.softmax(self.output(torch.sigmoid(self.hidden(x))), dim=1)
