SWITCHES = {"Linear": True, "activations": True, "MLP": True, "losses": True, "SGD": True, "BatchNorm1d": True}
