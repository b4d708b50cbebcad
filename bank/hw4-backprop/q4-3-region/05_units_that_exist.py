def input_region(layers, i, n):
    counts = [n]
    for k, s, p in layers:
        counts.append((counts[-1] + 2 * p - k) // s + 1)
    units = {i}
    for (k, s, p), rows in zip(reversed(layers), reversed(counts[:-1])):
        units = {u * s - p + offset for u in units for offset in range(k)}
        units = {u for u in units if 0 <= u < rows}
    return min(units), max(units)
