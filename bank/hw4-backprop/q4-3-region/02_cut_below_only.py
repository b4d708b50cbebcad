# misconception: The region is cut at row 0, but not at the last row.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i * j, a + i * j + r - 1
    return (max(first, 0), last)
