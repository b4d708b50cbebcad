SWITCHES = {
    "Linear": True,
    "Sigmoid": True,
    "Tanh": True,
    "ReLU": True,
    "MLP0": True,
    "MLP1": True,
    "MLP4": True,
    "MSELoss": True,
    "CrossEntropyLoss": True,
    "SGD": True,
    "BatchNorm1d": False,
}
