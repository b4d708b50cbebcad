def model_II_table():
    rows = ()
    for k, a, b in [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]:
        n = k * k * a * b
        rows += ((n + b, 1024 * n, 1024 * n, 1024 * b),)
    return rows + (tuple(map(sum, zip(*rows))),)
