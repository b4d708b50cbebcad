class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        a, b, c = hidden_sizes
        self.layers = nn.ModuleList([nn.Linear(input_dim, a), nn.Linear(a, b), nn.Linear(b, c)])
        self.out = nn.Linear(c, num_classes)

    @torch.no_grad()
    def forward(self, x):
        for layer in self.layers:
            x = F.relu(layer(x))
        return self.out(x)
