# misconception: The kernel is k wide and k high: its weights are k².
def model_II_table():
    block = [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]
    rows = [(c[0] * c[1] * c[2] + c[2], 1024 * c[0] * c[1] * c[2], 1024 * c[0] * c[1] * c[2], 1024 * c[2]) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
