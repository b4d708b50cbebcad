class MLPinPyTorch(nn.Module):
    def __init__(self, input_dim=3072, hidden_dim=256, output_dim=10, *, scale=0.02):
        super().__init__()
        sizes = input_dim, hidden_dim, output_dim
        self.matrices = nn.ParameterList([scale * torch.randn(a, b) for a, b in zip(sizes, sizes[1:])])
        self.biases = nn.ParameterList([torch.zeros(b) for b in sizes[1:]])

    def forward(self, x):
        a = torch.addmm(self.biases[0], x, self.matrices[0])
        s = 0.5 + 0.5 * torch.tanh(a / 2)
        z = torch.addmm(self.biases[1], s, self.matrices[1])
        z -= z.detach().amax(dim=1, keepdim=True)
        z.exp_()
        return z / z.sum(dim=1, keepdim=True)
