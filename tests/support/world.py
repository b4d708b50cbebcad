"""A notebook in a few cells, for tests of the tests' world."""

SETUP = """# @title Set-up
import numpy as np
import torch
from coursework.notebook import checks as check  # inlined

def draw(n):
    return np.ones(len(range(n)))

class Stub:
    def size(self):
        return len(draw(4))

LIMIT = 5
"""
GIVEN = """# @title Given
import math

def half(x):
    return float(max(x, 0)) / math.sqrt(4) * len(draw(1))

class Wide(Stub):
    def size(self):
        return 2 * super().size() + sum([0]) + half(0)

run = 7
"""
ANSWER = "def twice(x):\n    return 2 * x\n"
CHECK = """
check.close("twice", lambda: twice(np.ones(len([1, 2]))), lambda: np.full(2, float(max(1, 2))))
check.law("given", half(4) == 2.0 and Wide().size() == 8 and sum([LIMIT, 1]) == 6, "the given names are there.")
check.law("list", lambda: list(map(str, range(2))) == ["0", "1"] and isinstance(draw(2), np.ndarray), "builtins are.")
passed = True
"""
