# The list of layers is empty after the call: pop takes them out of the list that was passed.
def receptive_field(layers):
    rows, r, j, a = [], 1, 1, 0
    while layers:
        k, s, p = layers.pop(0)
        r, a, j = r + (k - 1) * j, a - p * j, j * s
        rows.append((r, j, a))
    return rows
