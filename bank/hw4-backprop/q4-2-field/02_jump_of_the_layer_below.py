def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j
        a = a - p * j
        out.append((r, j, a))
        j = j * s
    return out
