# misconception: A layer of kernel 1 leaves the size as it is, but its stride still multiplies the jump.
def receptive_field(layers):
    rows, size, jump, start = [], 1, 1, 0
    for k, s, p in layers:
        if k > 1:  # a 1×1 layer sees one row
            size, start, jump = size + (k - 1) * jump, start - p * jump, jump * s
        rows.append((size, jump, start))
    return rows
