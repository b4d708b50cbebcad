# misconception: The forward pass writes into its input x. Work on a copy, or without in-place operations.
class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.hidden = nn.Linear(input_dim, hidden_dim)
        self.output = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        p = torch.softmax(self.output(torch.sigmoid(self.hidden(x.clone()))), dim=1)
        x.clamp_(0, 1)
        return p
