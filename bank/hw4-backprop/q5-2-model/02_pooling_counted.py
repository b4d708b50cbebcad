# misconception: Comparisons of pooling are no additions, and are not counted.
def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(r[0] for r in rows), sum(r[1] for r in rows) + 8 * 256 * 1024, *(sum(r[k] for r in rows) for k in (2, 3))]]
