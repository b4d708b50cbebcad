def model_I_table():
    params, adds, mults, acts = map(list, zip(*(conv_counts(k=k, c_in=256, c_out=c) for k, c in ((5, 96), (3, 192), (1, 124)))))
    for column in (params, adds, mults, acts):
        column.append(sum(column))
    return zip(params, adds, mults, acts)
