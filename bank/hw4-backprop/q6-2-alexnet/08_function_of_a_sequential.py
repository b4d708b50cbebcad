def AlexNet(num_class=10, width=1.0):
    def block(channels, kernel, **more):
        return nn.LazyConv2d(round(channels * width), kernel, **more), nn.ReLU(inplace=True)

    return nn.Sequential(
        *block(96, 4), *block(96, 3),
        *block(256, 5, padding=2), nn.MaxPool2d(3, stride=2),
        *block(384, 3, padding=1), *block(384, 3, padding=1),
        nn.LazyConv2d(round(256 * width), 3, padding="same"), nn.MaxPool2d(3, stride=2), nn.ReLU(),
        nn.Flatten(), nn.Dropout(), nn.LazyLinear(round(800 * width)), nn.ReLU(), nn.LazyLinear(num_class),
    )  # fmt: skip
