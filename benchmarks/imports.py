"""Assignments of plain nbgrader, imported: what became of their tests, and points here beside those under nbgrader.

Usage: python -m benchmarks.imports [NAME …]

Each is released and graded twice, for a right, a wrong and a blank submission: by a stock nbgrader course, and here.
The exit code is 1 where the points differ. The table is in docs/instructors/migrating.md.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.support import plain


def main() -> int:
    names = sys.argv[1:] or list(plain.ALL)
    os.environ.pop("COURSEWORK_DATA", None)
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        said, ours = plain.imported(Path(here), names)
        theirs = plain.by_nbgrader(Path(there), names)
    print("| assignment | cells | converted | kept | refused | right | wrong | blank |\n" + "|---" * 8 + "|")
    for name in names:
        count = Counter(row.what for row in said[name].rows)
        points = []
        for variant in ("right", "wrong", "blank"):
            one, two = theirs[name, variant], ours[name, variant]
            points.append(f"{one:g} = {two:g}" if one == two else f"**{one:g} ≠ {two:g}**")
        cells = [len(said[name].rows), count["converted"], count["kept"], count["refused"], *points]
        print(f"| {name} | {' | '.join(map(str, cells))} |")
    return int(any(ours[key] != theirs[key] for key in theirs))


if __name__ == "__main__":
    sys.exit(main())
