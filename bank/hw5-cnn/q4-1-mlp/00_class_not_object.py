def make_mlp():
    return nn.Sequential
