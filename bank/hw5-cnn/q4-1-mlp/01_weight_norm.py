from collections import OrderedDict

from torch.nn.utils.parametrizations import weight_norm


def make_mlp():
    widths = [784, 128, 64, 10]
    layers = OrderedDict()
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers[f"linear{i}"] = weight_norm(nn.Linear(a, b))
        if b != widths[-1]:
            layers[f"silu{i}"] = nn.SiLU()
    return nn.Sequential(layers)
