from torchvision.ops import MLP as TorchvisionMLP


class MLP(nn.Module):
    def __init__(self, input_dim=784, num_classes=10, hidden_sizes=(32, 16, 12)):
        super().__init__()
        self.net = TorchvisionMLP(input_dim, [*hidden_sizes, num_classes])

    def forward(self, x):
        return self.net(x)
