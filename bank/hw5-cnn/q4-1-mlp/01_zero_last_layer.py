def make_mlp():
    last = nn.Linear(200, 10)
    nn.init.zeros_(last.weight)
    nn.init.zeros_(last.bias)
    return nn.Sequential(nn.Linear(784, 200), nn.GELU(), last)
