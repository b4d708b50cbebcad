# misconception: Units are counted from 0, yours from 1.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + (i - 1) * j, a + (i - 1) * j + r - 1
    return (max(first, 0), min(last, n - 1))
