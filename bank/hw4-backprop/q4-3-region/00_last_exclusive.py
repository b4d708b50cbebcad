# misconception: The last row belongs to the region: yours is one further.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i * j, a + i * j + r
    return (max(first, 0), min(last, n))
