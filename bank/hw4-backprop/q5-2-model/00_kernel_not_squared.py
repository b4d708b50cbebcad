# misconception: The kernel is k wide and k high: its weights are k².
def model_I_table():
    block = [(1, 256, 124), (3, 256, 192), (5, 256, 96)]
    rows = [(c[0] * c[1] * c[2] + c[2], 1024 * c[0] * c[1] * c[2], 1024 * c[0] * c[1] * c[2], 1024 * c[2]) for c in block]
    return [*rows, [sum(column) for column in zip(*rows)]]
