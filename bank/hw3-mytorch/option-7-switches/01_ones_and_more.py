SWITCHES = dict.fromkeys(("Linear", "activations", "MLP", "losses", "SGD", "BatchNorm1d", "mine"), 1)
