class MLP(nn.Sequential):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        a, b, c = hidden_sizes
        super().__init__(nn.Linear(input_dim, a), nn.ReLU(inplace=True), nn.Linear(a, b), nn.ReLU(inplace=True), nn.Linear(b, c), nn.ReLU(), nn.Linear(c, num_classes))
