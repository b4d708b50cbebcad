def receptive_field(layers):
    """As in 4.2, now an array: the last row by [-1]."""
    k, s, p = np.array(layers).T
    jump = np.cumprod(s)
    before = np.append(1, jump[:-1])
    return np.stack([1 + np.cumsum((k - 1) * before), jump, -np.cumsum(p * before)], axis=1)


def input_region(layers, i, n):
    size, jump, start = receptive_field(layers)[-1, :]
    return tuple(np.clip([start + i * jump, start + i * jump + size - 1], 0, n - 1))
