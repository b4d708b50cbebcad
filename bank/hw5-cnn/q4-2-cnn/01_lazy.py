def make_cnn():
    return nn.Sequential(nn.LazyConv2d(24, 3), nn.LazyBatchNorm2d(), nn.ReLU(), nn.MaxPool2d(3), nn.Flatten(), nn.LazyLinear(10))
