# misconception: The start a is missing: padding moves all regions up.
def input_region(layers, i, n):
    r, j, a = receptive_field(layers)[-1]
    first, last = i * j, i * j + r - 1
    return (max(first, 0), min(last, n - 1))
