def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [(conv_counts(*c)[0], *(v // 10**6 for v in conv_counts(*c)[1:])) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
