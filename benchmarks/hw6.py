"""An assignment of one's own, from `coursework new` to two graded students: each step with its seconds, as a table.

Usage: python -m benchmarks.hw6

The steps are those of docs/instructors/new-question.md and week.md, each a command in a process of its own, in a copy
of this course. One student's answer is right, the other's divides by N - 1. The exit code is 1 where a step fails or
the points are not 6 and 2.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
NAME, ITEM = "hw6-attention", "q1-1-standardise"
STUDENTS = {"Byron_Ada": "06_with_numpy.py", "Bo_Ben": "02_divides_by_n_minus_1.py"}


def hand_in(course: Path, inbox: Path) -> None:
    """What two students make of the released notebook."""
    inbox.mkdir()
    for student, file in STUDENTS.items():
        nb = nbformat.read(course / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        texts = {
            ITEM: (course / "bank" / NAME / ITEM / file).read_text(),
            "q1-2-which": "Those whose features have different units.",
            "file-name": f'FILE_NAME = "{student}_{NAME}.ipynb"',
        }
        for cell in nb.cells:
            cell.source = texts.get(cell.id, cell.source)
        nbformat.write(nb, inbox / f"{student}_{NAME}.ipynb")


def main() -> int:
    steps: list[tuple[str, list[str], tuple[int, ...]]] = [
        ("a complete small assignment", ["new", NAME], (0,)),
        ("prove one item, while writing", ["prove", NAME, "--item", ITEM], (0,)),
        ("prove all of it", ["prove", NAME], (0,)),
        ("release", ["release", NAME], (0,)),
        ("collect two submissions", ["collect", "inbox"], (0, 3)),
        ("grade them", ["autograde", NAME], (0,)),
        ("pages for students", ["feedback", NAME], (0, 3)),
        ("the table of grades", ["grades", NAME], (0, 3)),
    ]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    environment.pop("COURSEWORK_DATA", None)
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder, "course")
        for name in ("source", "bank", "release"):
            shutil.copytree(ROOT / name, course / name)
        shutil.copy(ROOT / "nbgrader_config.py", course)
        print("| step | command | seconds | exit code |\n|---|---|---|---|")
        total = 0.0
        for what, command, right in steps:
            if command[0] == "collect":
                hand_in(course, course / "inbox")
            began = time.perf_counter()
            run = subprocess.run(
                [sys.executable, "-m", "coursework.cli.main", *command],
                cwd=course,
                env=environment,
                capture_output=True,
                text=True,
            )
            total += (seconds := time.perf_counter() - began)
            print(f"| {what} | `coursework {' '.join(command)}` | {seconds:.0f} | {run.returncode} |", flush=True)
            if run.returncode not in right:
                print(run.stdout[-3000:], run.stderr[-3000:], file=sys.stderr)
                return 1
        print(f"| together | | {total:.0f} | |")
        tables = sorted(course.glob("grades*.csv"))
        with tables[0].open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    points = {row["student"]: float(row["total"]) for row in rows}
    return int(points != {"Byron_Ada": 6.0, "Bo_Ben": 2.0})


if __name__ == "__main__":
    sys.exit(main())
