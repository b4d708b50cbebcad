def input_region(layers, i, n):
    size, jump, start = receptive_field(layers)[-1]
    first = start + i * jump
    return [max(first, 0), min(first + size - 1, n - 1)]
