class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        sizes = [input_dim, *hidden_sizes, num_classes]
        self.weights = nn.ParameterList([nn.Parameter(torch.zeros(o, i)) for i, o in pairwise(sizes)])
        self.biases = nn.ParameterList([nn.Parameter(torch.zeros(o)) for o in sizes[1:]])

    def forward(self, x):
        for W, b in zip(self.weights[:-1], self.biases[:-1]):
            x = F.relu(F.linear(x, W, b))
        return F.linear(x, self.weights[-1], self.biases[-1])
