# misconception: The branches are side by side: each reads the 256 channels of the input.
def model_II_table():
    block = [(1, 256, 124), (1, 124, 64), (3, 64, 192), (1, 192, 64), (5, 64, 96), (1, 96, 64)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
