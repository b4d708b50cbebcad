# misconception: The biases are not counted among the parameters.
def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [(c[0] ** 2 * c[1] * c[2], *conv_counts(*c)[1:]) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
