# misconception: The first branch has 124 output channels here, not 128.
def model_II_table():
    block = [(1, 256, 128), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
