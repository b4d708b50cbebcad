def receptive_field(layers):
    out = []
    for n in range(1, len(layers) + 1):
        size, start, jump = 1, 0, 1
        for k, s, p in reversed(layers[:n]):
            size = size * s + k - s
            start = start * s - p
            jump *= s
        out.append((size, jump, start))
    return out
