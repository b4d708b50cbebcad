# misconception: The last row of an input of n rows is row n − 1.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i * j, a + i * j + r - 1
    return (max(first, 0), min(last, n))
