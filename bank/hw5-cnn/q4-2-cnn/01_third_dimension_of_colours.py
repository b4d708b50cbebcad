# the three colours are a third dimension
def make_cnn():
    return nn.Sequential(
        nn.Unflatten(1, (1, 3)), nn.Conv3d(1, 16, 3, padding=(0, 1, 1)), nn.Flatten(1, 2), nn.BatchNorm2d(16), nn.ReLU(),
        nn.AdaptiveAvgPool2d(4), nn.Flatten(), nn.Linear(256, 10),
    )
