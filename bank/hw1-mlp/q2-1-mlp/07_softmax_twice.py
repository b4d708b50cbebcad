# misconception: The softmax is applied twice at the output.
class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.hidden = nn.Linear(input_dim, hidden_dim)
        self.out = nn.Sequential(nn.Linear(hidden_dim, output_dim), nn.Softmax(dim=1))

    def forward(self, x):
        return torch.softmax(self.out(torch.sigmoid(self.hidden(x))), dim=1)
