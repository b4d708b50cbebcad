# misconception: The start moves into the padding, to negative rows: the sign is turned.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j
        a = a + p * j
        j = j * s
        out.append((r, j, a))
    return out
