@torch.jit.script
def affine(x: torch.Tensor, W: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
    return x @ W.t() + c


class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        sizes = input_dim, hidden_dim, output_dim
        bound = lambda n: n**-0.5
        self.Ws = nn.ParameterList(
            torch.empty(o, i).uniform_(-bound(i), bound(i)) for i, o in zip(sizes, sizes[1:])
        )
        self.cs = nn.ParameterList(torch.zeros(o) for o in sizes[1:])

    def forward(self, x):
        result = []
        for row in x.unbind(0):
            for W, c, act in zip(self.Ws, self.cs, (torch.sigmoid, lambda z: z.softmax(-1))):
                row = act(affine(row, W, c))
            result.append(row)
        return torch.stack(result)
