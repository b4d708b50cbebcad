def model_II_table():
    table = torch.zeros(7, 4, dtype=torch.int64)
    for place, (k, c_in, c_out) in enumerate([(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]):
        table[place] = torch.tensor(conv_counts(k, c_in, c_out))
    table[-1] = table.sum(0)
    return table
