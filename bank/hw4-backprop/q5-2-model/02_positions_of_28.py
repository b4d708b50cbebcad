# misconception: The feature maps are 32 × 32, not 28 × 28.
def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [conv_counts(*c, 28, 28) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
