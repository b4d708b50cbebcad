# misconception: The size grows by k − 1 jumps of the layer below; yours takes the jump after the stride.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        a = a - p * j
        j = j * s
        r = r + (k - 1) * j
        out.append((r, j, a))
    return out
