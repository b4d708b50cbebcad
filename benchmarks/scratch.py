"""Cells of a student's own that must cost nothing: each in a complete, right notebook of each assignment.

Usage: python -m benchmarks.scratch [ASSIGNMENT…]. Writes docs/scratch.csv and, from all that is in it, docs/scratch.md.

The cells are those below, and those of a list beside the repository where there is one. Cells of one kind share a
notebook, above all answers and once more in the middle; where it is not full, each gets a notebook of its own. Cells
that end Python or hang are always alone.
"""

import csv
import re
import sys
from functools import partial
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer, is_setup
from coursework.core.course import Course
from coursework.judging.reference import notebook, reference, task
from coursework.notebook.whole import parses
from coursework.proving.cases import cases
from coursework.proving.matrix import WHOLE, Case
from coursework.proving.prove import judged
from coursework.sandbox.engines import run_all

COURSE = Course(Path(__file__).resolve().parents[1])
LIST = COURSE.root.parent / "shared" / "cases" / "scratch.md"
TABLE, PAGE = COURSE.root / "docs" / "scratch.csv", COURSE.root / "docs" / "scratch.md"
TEXT = """# Cells of a student's own

Each of these cells was put into a complete, right notebook, above all answers and once more in the middle, and the
notebook was graded as any other (`python -m benchmarks.scratch`). The points are those by tests, without those
for weights; all are full, or the number is bold.

"""
ALONE = "Ends and loops"
CELLS = {
    "Names": [
        "from __future__ import annotations",
        "list = [1, 2]",
        "len = 3; range = 7",
        "sum = 0\nfor k in [1, 2, 3]:\n    sum += k",
        "max, min, abs = 9, 1, 5",
        "type = 'network'; id = 5; input = 0",
        "int = float = bool = None",
        "print = lambda *a: None",
        "from numpy import *",
        "np = 3",
        "check = 1",
        "datasets = data = []",
        "a = b = c = d = e = f = g = h = i = k = m = n = x = y = z = 0",
        "model = got = want = result = value = name = said = law = None; args = ()",
        "def sorted(values):\n    return values",
    ],
    "Switches": [
        "import torch\ntorch.set_default_dtype(torch.float64)",
        "import torch\ntorch.use_deterministic_algorithms(True)\ntorch.autograd.set_detect_anomaly(True)",
        "import torch\ntorch.set_grad_enabled(False)",
        "import torch\ntorch.manual_seed(0)\ntorch.set_printoptions(precision=1)",
        "import warnings, numpy\nnumpy.seterr(all='raise')\nwarnings.filterwarnings('error')",
        "import numpy\nnumpy.set_printoptions(precision=2)",
        "import io, sys\nsys.stdout = io.StringIO()",
        "import importlib, numpy\nimportlib.reload(numpy)",
        "%cd /",
        "import os\nos.chdir('/tmp')",
        "import matplotlib.pyplot\nmatplotlib.pyplot.switch_backend('svg')",
        "import gc, logging\ngc.disable()\nlogging.disable()",
        "import random, numpy\nrandom.seed(1)\nnumpy.random.seed(1)",
        "import sys\nsys.path.insert(0, '/nowhere'); sys.setrecursionlimit(400)",
    ],
    ALONE: [
        "import os\nos.kill(os.getpid(), 9)  # restart the runtime",
        "exit()",
        "import sys\nsys.exit()",
        "quit()",
        "while True:\n    pass",
    ],
    "Colab's habits": [
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "!pip install -q torchinfo",
        "!nvidia-smi",
        "%matplotlib inline",
        "%load_ext autoreload\n%autoreload 2",
        "from IPython.display import clear_output\nclear_output()",
        "%%time\nsum(k for k in [1, 2])",
        "%%capture\nprint(1)",
        "1 / 0",
        "this is a note to myself",
    ],
}


def listed(text: str) -> dict[str, list[str]]:
    """Group → cells of a list in Markdown: a bold line for each group, cells in back quotes, one Python text each."""
    found: dict[str, list[str]] = {}
    group = ""
    for line in text.splitlines():
        if bold := re.fullmatch(r"\*\*(.+)\*\*", line.strip()):
            group = bold[1]
        elif group and line.startswith("- "):
            spans = [s for s in re.findall(r"`([^`]+)`", line) if parses(s) and re.search(r"\W", s)]
            found.setdefault(group, []).extend(spans)
    return found


def every_cell() -> dict[str, list[str]]:
    """Group → cells: ours, and those of the list if it is there. One that is in two groups counts in the first."""
    more = listed(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}
    groups: dict[str, list[str]] = {group: [] for group in {**CELLS, **more}}
    seen: set[str] = set()
    for group, cells in [*CELLS.items(), *more.items()]:
        groups[group] += [cell for cell in dict.fromkeys(cells) if cell not in seen]
        seen.update(cells)
    return groups


def with_cells(whole: NotebookNode, cells: list[str]) -> NotebookNode:
    """The notebook with these cells below the set-up and, unless they are alone, in the middle of the answers, too."""
    nb = nbformat.from_dict(whole)
    last = max(n for n, cell in enumerate(nb.cells) if is_setup(cell.id)) if nb.cells else 0
    answers = [n for n, cell in enumerate(nb.cells) if is_answer(cell) and n > last]
    places = [answers[len(answers) // 2], last + 1]
    for place in places:
        nb.cells[place:place] = [
            nbformat.v4.new_code_cell(text, id=f"own-{place}-{number}") for number, text in enumerate(cells)
        ]
    return nb


def points(assignment: str, groups: list[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[float, float, str]]:
    """Group of cells → (points, of how many, what the first test that failed says)."""
    whole = next(c for c in cases(COURSE, assignment, False, None).cases if (c.item, c.name) == (WHOLE, "source"))
    known, source = reference(COURSE, assignment), notebook(COURSE, assignment)
    skip = sorted(c.id for c in source.cells if c.metadata.get("coursework", {}).get("skip"))
    notebooks = {str(n): with_cells(whole.nb, list(cells)) for n, cells in enumerate(groups)}
    makers = {n: partial(task, COURSE, nb, skip=skip) for n, nb in notebooks.items()}
    found = {}
    for n, answer in run_all(COURSE, makers):
        assert not answer["error"], answer["error"]
        case = Case(WHOLE, "scratch", whole.expected, whole.points, whole.nb, apart=whole.apart)
        judged(nbformat.reads(answer["notebook"], as_version=4), case, known, {}, source)
        assert case.result
        found[groups[int(n)]] = case.result.got, whole.points, case.result.message
    return found


def measured(assignment: str) -> list[list[str]]:
    """One row for each cell: assignment, group, cell, points, of how many, whether it was alone."""
    groups = every_cell()
    together = [tuple(cells) for group, cells in groups.items() if group != ALONE]
    first = points(assignment, together + [(cell,) for cell in groups[ALONE]])
    spoilt = [cell for cells, (got, most, _) in first.items() if len(cells) > 1 and got < most for cell in cells]
    alone = points(assignment, [(cell,) for cell in spoilt]) if spoilt else {}
    rows = []
    for group, cells in groups.items():
        for cell in cells:
            mine = {**first, **alone}.get((cell,)) or first[tuple(cells)]
            rows.append([assignment, group, cell, f"{mine[0]:g}", f"{mine[1]:g}"])
            if mine[0] < mine[1]:
                print(f"✗ {assignment}: {cell!r}: {mine[0]:g} of {mine[1]:g}: {mine[2]}")
    return rows


def page(rows: list[list[str]]) -> str:
    """The table as Markdown: a row for each cell, a column for each assignment."""
    names = list(dict.fromkeys(row[0] for row in rows))
    cells: dict[tuple[str, str], dict[str, str]] = {}
    for assignment, group, cell, got, most in rows:
        cells.setdefault((group, cell), {})[assignment] = got if got == most else f"**{got} of {most}**"
    lines = [f"| kind | cell | {' | '.join(names)} |", f"|---|---|{'---|' * len(names)}"]
    before = ""
    for (group, cell), got in cells.items():
        text = cell.replace("\n", " ⏎ ").replace("|", "\\|")
        kind, before = "" if group == before else group, group
        lines.append(f"| {kind} | `{text}` | {' | '.join(got.get(name, '') for name in names)} |")
    return TEXT + "\n".join(lines) + "\n"


def main(names: list[str]) -> int:
    kept = list(csv.reader(TABLE.open(encoding="utf-8")))[1:] if TABLE.exists() else []
    for assignment in names or COURSE.assignments:
        rows = measured(assignment)
        kept = [row for row in kept if row[0] != assignment] + rows
        full = sum(row[3] == row[4] for row in rows)
        print(f"{assignment}: {full} of {len(rows)} cells cost nothing")
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["assignment", "group", "cell", "points", "of"], *kept])
        PAGE.write_text(page(kept), encoding="utf-8")
    return int(any(row[3] != row[4] for row in kept))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
