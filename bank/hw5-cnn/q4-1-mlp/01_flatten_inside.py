def make_mlp():
    return nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.Tanh(), nn.Dropout(), nn.Linear(128, 10))
