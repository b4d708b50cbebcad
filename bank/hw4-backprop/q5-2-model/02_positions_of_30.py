# misconception: With padding, all convolutions keep 32 × 32.
def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [conv_counts(*c, 30, 30) if c[0] > 1 else conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
