class AlexNet(nn.Module):
    def __init__(self, num_class=10, width=1.0):
        super().__init__()
        a, b, c, d = [round(n * width) for n in (96, 256, 384, 800)]
        shapes = [(a, 1, 4, 4), (a, a, 3, 3), (b, a, 5, 5), (c, b, 3, 3), (c, c, 3, 3), (b, c, 3, 3), (d, 25 * b), (num_class, d)]
        self.w = nn.ParameterList(nn.Parameter(0.05 * torch.randn(s)) for s in shapes)
        self.b = nn.ParameterList(nn.Parameter(torch.zeros(s[0])) for s in shapes)

    def forward(self, x):
        for i, pad in enumerate((0, 0, 2, 1, 1, 1)):
            x = F.relu(F.conv2d(x, self.w[i], self.b[i], padding=pad))
            if i in (2, 5):
                x = F.max_pool2d(x, 3, 2)
        x = F.dropout(x.reshape(len(x), -1), p=0.5, training=self.training)
        x = F.relu(F.linear(x, self.w[6], self.b[6]))
        return F.linear(x, self.w[7], self.b[7])
