from typing import NamedTuple


class Row(NamedTuple):
    size: int
    jump: int
    start: int


def size(below, k):
    return below.size + (k - 1) * below.jump


def jump(below, s):
    return below.jump * s


def start(below, p):
    return below.start - p * below.jump


def row(below, layer):
    k, s, p = layer
    return Row(size(below, k), jump(below, s), start(below, p))


def receptive_field(layers):
    if not layers:
        return []
    *before, last = layers
    table = receptive_field(before)
    below = table[-1] if table else Row(1, 1, 0)
    return table + [row(below, last)]
