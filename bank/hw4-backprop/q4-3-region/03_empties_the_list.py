# misconception: The list of layers is shorter after the call: pop takes them out of the list that was passed.
def input_region(layers, i, n):
    first = last = i
    while len(layers) > 0:
        k, s, p = layers.pop()
        first, last = first * s - p, last * s - p + k - 1
    return max(0, first), min(n - 1, last)
