# misconception: The activations behind the 1 × 1 reductions are missing.
def model_II_table():
    block = [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [(*conv_counts(*c)[:3], 1024 * c[2] if c != (1, 256, 64) else 0) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
