def block(c_in, c_out, kernel, padding=0):
    return nn.Sequential(nn.Conv2d(c_in, c_out, kernel_size=kernel, padding=padding), nn.ReLU())


def linear(layer, x):
    return F.linear(x, layer.weight, layer.bias)


class AlexNet(nn.Module):
    CHANNELS = (1, 96, 96, 256, 384, 384, 256)

    def __init__(self, num_class: int = 10, width: float = 1.0) -> None:
        super().__init__()
        sizes = [1] + [int(round(c * width)) for c in self.CHANNELS[1:]]
        shapes = zip(sizes, sizes[1:], (4, 3, 5, 3, 3, 3), (0, 0, 2, 1, 1, 1))
        self.blocks = nn.ModuleList([block(*shape) for shape in shapes])
        self.drop = nn.Dropout(p=0.5)
        self.fc1 = nn.Linear(sizes[-1] * 5 * 5, int(round(800 * width)))
        self.fc2 = nn.Linear(int(round(800 * width)), num_class)

    def forward(self, x):
        for number, part in enumerate(self.blocks):
            x = part(x)
            if number in (2, 5):
                x = F.max_pool2d(x, kernel_size=3, stride=2)
        x = self.drop(x)
        x = torch.relu(linear(self.fc1, torch.flatten(x, start_dim=1)))
        return linear(self.fc2, x)
