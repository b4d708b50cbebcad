SWITCHES = {
    "Linear": 1,
    "Sigmoid": 1,
    "Tanh": 1,
    "ReLU": 0,
    "MLP0": 1,
    "MLP1": 1,
    "MLP4": 1,
    "MSELoss": 1,
    "CrossEntropyLoss": 1,
    "SGD": 1,
    "BatchNorm1d": 1,
}
