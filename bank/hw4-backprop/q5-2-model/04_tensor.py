def model_I_table():
    table = torch.zeros(4, 4, dtype=torch.int64)
    for place, (k, c_in, c_out) in enumerate([(1, 256, 124), (3, 256, 192), (5, 256, 96)]):
        table[place] = torch.tensor(conv_counts(k, c_in, c_out))
    table[-1] = table.sum(0)
    return table
