# misconception: The sigmoid's result is not used: the two layers are one affine map now.
class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.fc1 = nn.Linear(input_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, output_dim)

    def forward(self, x):
        h = self.fc1(x)
        torch.sigmoid(h)
        return F.softmax(self.fc2(h), dim=1)
