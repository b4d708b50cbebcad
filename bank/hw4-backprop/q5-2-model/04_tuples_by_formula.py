def model_I_table():
    rows = ()
    for k, a, b in [(1, 256, 124), (3, 256, 192), (5, 256, 96)]:
        n = k * k * a * b
        rows += ((n + b, 1024 * n, 1024 * n, 1024 * b),)
    return rows + (tuple(map(sum, zip(*rows))),)
