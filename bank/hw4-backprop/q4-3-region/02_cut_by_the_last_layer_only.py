# misconception: Only padding of the last layer is cut off.
def input_region(layers, i, n):
    _, jump, start = receptive_field(layers)[-1]
    size = receptive_field(layers)[-1][0]
    first, last = start + i * jump, start + i * jump + size - 1
    if layers[-1][2] > 0:
        first, last = max(first, 0), min(last, n - 1)
    return first, last
