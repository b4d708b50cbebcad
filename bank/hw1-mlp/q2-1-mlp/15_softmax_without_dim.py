class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super(MLPinPyTorch, self).__init__()
        self.fc = nn.ModuleDict({"one": nn.Linear(input_dim, hidden_dim), "two": nn.Linear(hidden_dim, output_dim)})
        self.act = nn.ModuleList([nn.Sigmoid(), nn.Softmax()])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for fc, act in zip(self.fc.values(), self.act):
            x = act(fc(x))
        return x
