def model_II_table():
    rows = [conv_counts(*c) for c in [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]]
    rows.append([sum(column) for column in zip(*rows)])
