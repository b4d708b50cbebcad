SWITCHES = dict.fromkeys(("Linear", "Sigmoid", "Tanh", "ReLU", "MLP0", "MLP1", "MLP4"), 1)
SWITCHES.update(MSELoss=1, CrossEntropyLoss=1, SGD=1, BatchNorm1d=1, mine=1)
