# misconception: The branches are side by side: each reads the 256 channels of the input.
def model_I_table():
    block = [(1, 256, 124), (3, 124, 192), (5, 192, 96)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
