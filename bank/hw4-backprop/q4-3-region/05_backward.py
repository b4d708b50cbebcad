def input_region(layers, i, n):
    first = last = i
    for k, s, p in layers[::-1]:
        first = first * s - p
        last = last * s - p + k - 1
    return max(0, first), min(n - 1, last)
