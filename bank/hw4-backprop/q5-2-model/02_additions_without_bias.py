# misconception: The addition of the bias is not counted.
def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [(conv_counts(*c)[0], conv_counts(*c)[1] - 1024 * c[2], *conv_counts(*c)[2:]) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
