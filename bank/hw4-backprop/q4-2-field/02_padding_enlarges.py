# misconception: Padding shifts the field, it does not enlarge it.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1 + 2 * p) * j
        a = a - p * j
        j = j * s
        out.append((r, j, a))
    return out
