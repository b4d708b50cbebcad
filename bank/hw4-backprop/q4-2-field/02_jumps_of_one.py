# misconception: Strides are ignored: the jump multiplies by s.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j
        a = a - p * j
        j = j * s
        out.append((r, 1, a))
    return out
