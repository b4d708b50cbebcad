def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [conv_counts(*c) for c in block]
    return [*rows, [sum(r[k] for r in rows) // len(rows) for k in range(4)]]
