def input_region(layers, i, n):
    """The set of rows that unit i depends on; first and last."""
    heights = [n]
    for k, s, p in layers:
        heights.append((heights[-1] + 2 * p - k) // s + 1)
    units = {i}
    for (k, s, p), height in zip(reversed(layers), reversed(heights[:-1])):
        units = {u * s - p + m for u in units for m in range(k)} & set(range(height))
    return min(units), max(units)
