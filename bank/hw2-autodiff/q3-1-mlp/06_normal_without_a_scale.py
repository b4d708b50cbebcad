class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.W = nn.ParameterList([torch.randn(i, o) for i, o in pairwise(sizes)])
        self.b = nn.ParameterList([torch.zeros(o) for o in sizes[1:]])

    def forward(self, x):
        for W, b in zip(self.W[:-1], self.b[:-1]):
            x = F.relu(x @ W + b)
        return x @ self.W[-1] + self.b[-1]
