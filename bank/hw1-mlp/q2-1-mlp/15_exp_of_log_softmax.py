class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.input_dim = input_dim
        self.l1 = nn.Linear(input_dim, hidden_dim)
        self.l2 = nn.Linear(hidden_dim, output_dim)
        for layer in (self.l1, self.l2):
            nn.init.normal_(layer.weight, std=0.05)
            nn.init.zeros_(layer.bias)
        self.log_softmax = nn.LogSoftmax(dim=1)

    def forward(self, x):
        x = x.view(-1, self.input_dim).float()
        return self.log_softmax(self.l2(self.l1(x).sigmoid())).exp()
