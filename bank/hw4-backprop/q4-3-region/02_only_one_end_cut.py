def input_region(layers, i, n):
    size, jump, start = receptive_field(layers)[-1]
    first = start + i * jump
    last = first + size - 1
    if first < 0:
        first = 0
    elif last > n - 1:
        last = n - 1
    return first, last
