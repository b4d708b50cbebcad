# misconception: The first branch has 124 output channels here, not 128.
def model_I_table():
    block = [(1, 256, 128), (3, 256, 192), (5, 256, 96)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
