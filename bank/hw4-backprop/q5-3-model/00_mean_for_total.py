def model_II_table():
    block = [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(r[k] for r in rows) // len(rows) for k in range(4)]]
