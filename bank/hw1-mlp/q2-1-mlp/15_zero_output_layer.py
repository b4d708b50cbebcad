class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.c1 = nn.Parameter(torch.zeros(hidden_dim))
        self.c2 = nn.Parameter(torch.zeros(output_dim))
        self.W1 = nn.Parameter(torch.empty(hidden_dim, input_dim))
        self.W2 = nn.Parameter(torch.zeros(output_dim, hidden_dim))
        nn.init.xavier_normal_(self.W1)

    def forward(self, x):
        s = 1 / (1 + torch.exp(-(torch.einsum("hd,nd->nh", self.W1, x) + self.c1)))
        z = s @ self.W2.T + self.c2
        z = z - z.max(dim=1, keepdim=True).values
        return z.exp() / z.exp().sum(1, keepdim=True)
