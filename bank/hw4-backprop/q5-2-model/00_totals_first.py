def model_I_table():
    rows = [conv_counts(*c) for c in [(1, 256, 124), (3, 256, 192), (5, 256, 96)]]
    return [[sum(column) for column in zip(*rows)], *rows]
