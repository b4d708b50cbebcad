def input_region(layers, i, n):
    size, jump, start = receptive_field(layers)[-1]
    first = start + i * jump
    last = first + size - 1
    if first < 0:
        return 0, last
    return max(first, 0), min(last, n - 1)
