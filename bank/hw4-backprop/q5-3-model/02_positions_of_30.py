# misconception: With padding, all convolutions keep 32 × 32.
def model_II_table():
    block = [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [conv_counts(*c, 30, 30) if c[0] > 1 else conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
