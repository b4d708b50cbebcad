def receptive_field(layers):
    first, last, out = 0, 0, []
    rows = [(0, 0), (1, 1)]  # what units 0 and 1 see
    for k, s, p in layers:
        step = rows[1][0] - rows[0][0]
        size = rows[0][1] - rows[0][0]
        see = lambda i: (rows[0][0] + (i * s - p) * step, rows[0][0] + (i * s - p + k - 1) * step + size)
        rows = [see(0), see(1)]
        out.append((rows[0][1] - rows[0][0] + 1, rows[1][0] - rows[0][0], rows[0][0]))
    return out
