class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super(MLPinPyTorch, self).__init__()
        self.weights = nn.ParameterList([
            nn.Parameter(torch.randn(hidden_dim, input_dim) / np.sqrt(input_dim)),
            nn.Parameter(torch.randn(output_dim, hidden_dim) / np.sqrt(hidden_dim)),
        ])
        self.biases = nn.ParameterList([
            nn.Parameter(torch.zeros(1, hidden_dim)),
            nn.Parameter(torch.zeros(1, output_dim)),
        ])

    def forward(self, x):
        h = F.sigmoid(F.linear(x, self.weights[0]) + self.biases[0])
        return F.softmax(F.linear(h, self.weights[1]) + self.biases[1], dim=1)
