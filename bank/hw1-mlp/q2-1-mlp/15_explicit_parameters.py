class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.W1 = nn.Parameter(torch.empty(input_dim, hidden_dim))
        self.c1 = nn.Parameter(torch.zeros(hidden_dim))
        self.W2 = nn.Parameter(torch.empty(hidden_dim, output_dim))
        self.c2 = nn.Parameter(torch.zeros(output_dim))
        nn.init.xavier_uniform_(self.W1)
        nn.init.xavier_uniform_(self.W2)

    def forward(self, x):
        s = torch.sigmoid(x @ self.W1 + self.c1)
        return torch.softmax(s @ self.W2 + self.c2, dim=-1)
