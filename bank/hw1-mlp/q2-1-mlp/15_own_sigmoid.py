class OwnSigmoid(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        s = 1 / (1 + torch.exp(-a))
        ctx.save_for_backward(s)
        return s

    @staticmethod
    def backward(ctx, upstream):
        (s,) = ctx.saved_tensors
        return upstream * s * (1 - s)


class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10):
        super().__init__()
        self.add_module("hidden", nn.Linear(input_dim, hidden_dim))
        self.add_module("last", nn.Linear(hidden_dim, output_dim))

    def forward(self, x):
        return self.last(OwnSigmoid.apply(self.hidden(x))).softmax(dim=1)
