# misconception: What is cut off at row 0 is added at the end: the last row does not depend on the cut.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i * j, a + i * j + r - 1
    return (max(first, 0), min(max(first, 0) + r - 1, n - 1))
