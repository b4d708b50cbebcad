def make_mlp():
    return nn.Sequential(nn.Linear(784, 1600), nn.ReLU(), nn.Linear(1600, 500), nn.ReLU(), nn.Linear(500, 10))
