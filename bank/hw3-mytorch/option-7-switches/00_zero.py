SWITCHES = {"Linear": 1, "activations": 1, "MLP": 1, "losses": 0, "SGD": 1, "BatchNorm1d": 1}
