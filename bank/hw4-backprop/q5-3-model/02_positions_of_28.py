# misconception: The feature maps are 32 × 32, not 28 × 28.
def model_II_table():
    block = [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [conv_counts(*c, 28, 28) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
