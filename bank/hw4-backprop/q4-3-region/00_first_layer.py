# misconception: The unit belongs to the last layer; yours is read from the first row of the table.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[0]
    first, last = a + i * j, a + i * j + r - 1
    return (max(first, 0), min(last, n - 1))
