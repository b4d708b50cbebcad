# misconception: a row's logits do not depend on the other rows of its batch
class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        a, b, c = hidden_sizes
        self.layers = nn.Sequential(
            nn.Linear(input_dim, a), nn.ReLU(), nn.Linear(a, b), nn.ReLU(), nn.Linear(b, c), nn.ReLU(), nn.Linear(c, num_classes)
        )

    def forward(self, x):
        if len(x) > 1:
            x = x - x.mean(dim=0)
        return self.layers(x)
