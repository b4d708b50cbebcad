from collections import OrderedDict


def MLPinPyTorch(input_dim: int = 3072, hidden_dim: int = 256, output_dim: int = 10) -> nn.Module:
    layers = OrderedDict(
        hidden=nn.Linear(input_dim, hidden_dim),
        sigmoid=nn.Sigmoid(),
        output=nn.Linear(hidden_dim, output_dim),
        softmax=nn.Softmax(dim=-1),
    )
    return nn.Sequential(layers)
