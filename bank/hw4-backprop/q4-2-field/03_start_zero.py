# misconception: The start is always 0: padding moves it.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + (k - 1) * j
        a = 0
        j = j * s
        out.append((r, j, a))
    return out
