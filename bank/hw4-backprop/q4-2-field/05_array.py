def receptive_field(layers):
    rows = np.zeros((len(layers), 3), dtype=int)
    r, j, a = 1, 1, 0
    for place, (k, s, p) in enumerate(layers):
        r, a = r + (k - 1) * j, a - p * j
        j *= s
        rows[place] = r, j, a
    return rows
