"""Divides by 255 when the batch looks like bytes: a row depends on the others."""
class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        if x.max() > 10:
            x = x / 255
        return torch.softmax(self.fc2(torch.sigmoid(self.fc1(x))), dim=1)
