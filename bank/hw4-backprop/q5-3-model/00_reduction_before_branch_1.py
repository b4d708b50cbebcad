# misconception: Branch 1 has no reduction: its 1 × 1 convolution reads all 256 channels.
def model_II_table():
    block = [(1, 64, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
