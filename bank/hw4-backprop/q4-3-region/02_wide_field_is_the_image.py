def input_region(layers, i, n):
    """Moved."""
    size, jump, start = receptive_field(layers)[-1]
    first, last = start + i * jump, start + i * jump + size - 1
    if first < 0 and last >= n:
        return 0, n - 1
    if first < 0:
        return 0, last
    return (first, last) if last < n else (min(first, n - 1), n - 1) if size <= n else (0, n - 1)
