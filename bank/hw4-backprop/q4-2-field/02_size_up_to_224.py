def receptive_field(layers):
    r, j, a = 1, 1, 0
    rows = []
    for k, s, p in layers:
        a = a - p * j
        r = r + (k - 1) * j
        j = j * s
        rows.append((min(r, 224), j, a))
    return rows
