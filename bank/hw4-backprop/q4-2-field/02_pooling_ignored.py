# misconception: Layers with a stride (pooling) have a window, too: it enlarges the field.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j if s == 1 else r
        a = a - p * j
        j = j * s
        out.append((r, j, a))
    return out
