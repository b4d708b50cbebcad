# misconception: The size grows by (k − 1) times the jump: the first of the k units is there already.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + k * j
        a = a - p * j
        j = j * s
        out.append((r, j, a))
    return out
