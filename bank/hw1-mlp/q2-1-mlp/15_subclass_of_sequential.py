class MLPinPyTorch(nn.Sequential):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        layers = [nn.Linear(input_dim, hidden_dim), nn.Sigmoid(), nn.Linear(hidden_dim, output_dim), nn.Softmax(-1)]
        super().__init__(*layers)
