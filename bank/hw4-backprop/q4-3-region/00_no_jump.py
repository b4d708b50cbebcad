# misconception: From one unit to the next, the field moves by the jump, not by one row.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = a + i, a + i + r - 1
    return (max(first, 0), min(last, n - 1))
