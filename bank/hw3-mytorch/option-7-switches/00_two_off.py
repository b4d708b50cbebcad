SWITCHES = {"Linear": False, "activations": True, "MLP": False, "losses": True, "SGD": True, "BatchNorm1d": True}
