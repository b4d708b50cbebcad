def receptive_field(layers):
    out = []
    for n in range(1, len(layers) + 1):
        jumps = [math.prod(s for _, s, _ in layers[:i]) for i in range(n + 1)]
        r = 1 + sum((k - 1) * jumps[i] for i, (k, _, _) in enumerate(layers[:n]))
        a = -sum(p * jumps[i] for i, (_, _, p) in enumerate(layers[:n]))
        out.append((r, jumps[n], a))
    return out
