import math


class Flat(nn.Module):
    def forward(self, x):
        return x.reshape(x.shape[0], -1)


class Base(nn.Sequential):
    """Blocks by a plan: (channels, kernel, pool after it?)."""

    def __init__(self, plan, hidden, num_class):
        layers, before = [], 1
        for channels, kernel, pool in plan:
            padding = "same" if (kernel, before) not in ((4, 1), (3, plan[0][0])) or len(layers) > 3 else "valid"
            layers.append(nn.Conv2d(before, channels, kernel, padding=padding))
            layers += [nn.MaxPool2d(3, 2, ceil_mode=True)] if pool else []
            layers.append(nn.ReLU(inplace=True))
            before = channels
        layers += [nn.Dropout(), Flat(), nn.Linear(25 * before, hidden), nn.ReLU(True), nn.Linear(hidden, num_class)]
        super().__init__(*layers)


class AlexNet(Base):
    def __init__(self, num_class=10, width=1.0):
        a, b, c, hidden = (math.ceil(width * m) for m in (96, 256, 384, 800))
        plan = [(a, 4, False), (a, 3, False), (b, 5, True), (c, 3, False), (c, 3, False), (b, 3, True)]
        super().__init__(plan, hidden, num_class)
