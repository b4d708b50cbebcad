# misconception: The start uses the jump of the layer below, not the new one.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j
        j = j * s
        a = a - p * j
        out.append((r, j, a))
    return out
