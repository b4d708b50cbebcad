from typing import NamedTuple


class Counts(NamedTuple):
    params: int
    adds: int
    mults: int
    acts: int

    def plus(self, other):
        return Counts(*(a + b for a, b in zip(self, other)))


def conv_counts(k, c_in, c_out, h=32, w=32):
    positions, weights = h * w, k * k * c_in * c_out
    return Counts(weights + c_out, positions * weights, positions * weights, positions * c_out)


def model_II_table():
    plan = "1 256 124, 1 256 64, 3 64 192, 1 256 64, 5 64 96, 1 256 64"
    rows = [conv_counts(*map(int, sizes.split())) for sizes in plan.split(",")]
    total = Counts(0, 0, 0, 0)
    for row in rows:
        total = total.plus(row)
    return [*rows, total]
