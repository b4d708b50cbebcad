# misconception: The region is cut at the last row, but not at row 0.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i * j, a + i * j + r - 1
    return (first, min(last, n - 1))
