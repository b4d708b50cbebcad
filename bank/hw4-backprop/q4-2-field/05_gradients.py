def receptive_field(layers):
    # Which inputs have a gradient? Positive weights, and two units far away from the ends.
    def seen(layers, i, n):
        x = torch.ones(1, 1, n, dtype=torch.float64, requires_grad=True)
        y = x
        for k, s, p in layers:
            y = F.conv1d(y, torch.ones(1, 1, k, dtype=torch.float64) / k, stride=s, padding=p)
        y[0, 0, i].backward()
        rows = x.grad[0, 0].nonzero().flatten()
        return rows[0].item(), rows[-1].item()

    out = []
    for n in range(1, len(layers) + 1):
        unit = 20
        first, last = seen(layers[:n], unit, 2000)
        jump = seen(layers[:n], unit + 1, 2000)[0] - first
        out.append((last - first + 1, jump, first - unit * jump))
    return out
