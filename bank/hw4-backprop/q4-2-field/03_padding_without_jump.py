# misconception: The start moves by p rows: paddings count in units of the layer below, and these lie a jump apart.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j
        a = a - p
        j = j * s
        out.append((r, j, a))
    return out
