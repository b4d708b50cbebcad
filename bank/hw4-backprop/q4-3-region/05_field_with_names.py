Row = namedtuple("Row", "size jump start")


def receptive_field(layers, row=Row(1, 1, 0)):
    rows = []
    for k, s, p in layers:
        row = Row(row.size + (k - 1) * row.jump, row.jump * s, row.start - p * row.jump)
        rows.append(row)
    return rows


def input_region(layers, i, n):
    *_, unit = receptive_field(layers, row=Row(1, 1, 0))
    first = unit.start + i * unit.jump
    return max(0, first), min(n - 1, first + unit.size - 1)
