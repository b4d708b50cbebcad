# misconception: The addition of the bias is not counted.
def model_II_table():
    block = [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [(conv_counts(*c)[0], conv_counts(*c)[1] - 1024 * c[2], *conv_counts(*c)[2:]) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
