# misconception: The sizes grow by k − 1 rows, as if all units lay one row apart: the units of the layer below lie a jump apart.
def receptive_field(layers):
    r, j, a = 1, 1, 0
    out = []
    for k, s, p in layers:
        r = r + k - 1
        a = a - p * j
        j = j * s
        out.append((r, j, a))
    return out
