def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = np.clip([a + i * j, a + i * j + r - 1], 0, n - 1)
    return int(first), int(last)
