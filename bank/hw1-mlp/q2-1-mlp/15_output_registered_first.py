class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.layers = nn.ModuleDict({"out": nn.Linear(hidden_dim, output_dim), "in": nn.Linear(input_dim, hidden_dim)})

    def forward(self, x):
        s = self.layers["in"](x).sigmoid_()
        return F.softmax(self.layers["out"](s), dim=-1)
