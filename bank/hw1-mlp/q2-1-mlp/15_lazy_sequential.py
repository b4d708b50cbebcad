class MLPinPyTorch(nn.Sequential):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__(nn.LazyLinear(hidden_dim), nn.Sigmoid(), nn.LazyLinear(output_dim), nn.Softmax(dim=-1))
