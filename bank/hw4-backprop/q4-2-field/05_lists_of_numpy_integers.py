def receptive_field(layers):
    k, s, p = np.array(layers).T
    jumps = np.cumprod(s)
    before = np.concatenate([[1], jumps[:-1]])
    return [list(row) for row in zip(1 + np.cumsum((k - 1) * before), jumps, -np.cumsum(p * before))]
