# misconception: The region is not cut to the rows that exist.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i * j, a + i * j + r - 1
    return (first, last)
