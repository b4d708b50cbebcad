from __future__ import annotations

from typing import NamedTuple


class Size(NamedTuple):
    height: int
    width: int


ans_1_3 = Size(*(32 - 3 + 1 for _ in range(2)))
