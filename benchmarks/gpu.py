"""What needs a GPU, in one command: the CPU's values again, the seconds of full mode, the record holders' recipe.

Usage: COURSEWORK_DATA=DIR python -m benchmarks.gpu

First every notebook that can use a GPU runs in grade mode on the CPU and on CUDA, and the values from CUDA are judged
by those from the CPU as a student's are by the reference's. Then `full_mode.py` for each assignment, and `record.py`;
they write their figures and seconds into docs/. The reference is our own code, so no sandbox is needed.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_test
from coursework.core.course import Course
from coursework.judging.judge import judge_notebook
from coursework.judging.reference import notebook, probes_of

ROOT = Path(__file__).resolve().parents[1]
CHOICE = re.compile(r"^device = torch\.device\(.*\)$", re.MULTILINE)


def executed(nb: NotebookNode, device: str) -> NotebookNode:
    """The reference notebook, run in grade mode on this device."""
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.source = CHOICE.sub(f'device = torch.device("{device}")', cell.source)
    env = os.environ | {"NBGRADER_EXECUTION": "autograde", "COURSEWORK_GRADER": "1"}
    with tempfile.TemporaryDirectory() as work:  # what it saves goes with the run
        place = {"metadata": {"path": work}}
        return NotebookClient(nb, kernel_name="python3", timeout=600, resources=place).execute(env=env)


def compare(course: Course, assignment: str, devices: tuple[str, str] = ("cpu", "cuda")) -> tuple[int, list[str]]:
    """(probes compared, what is said of those whose values differ by more than a student's may)."""
    first, second = (executed(notebook(course, assignment), device) for device in devices)
    known = {c.metadata.nbgrader.grade_id: probes_of(c, False) for c in first.cells if is_test(c)}
    verdicts = judge_notebook(second, known, {})
    findings = [(grade_id, check) for grade_id, v in verdicts.items() for check in v.checks]
    return len(findings), [f"{grade_id}: {f.message}" for grade_id, f in findings if f.fraction < 1]


def main() -> int:
    if not torch.cuda.is_available():
        print("no CUDA device here: run this on a machine with a GPU", file=sys.stderr)
        return 1
    course, differ = Course(ROOT), []
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}")
    print("\n| assignment | values compared | differ |\n|---|---|---|")
    for assignment in course.assignments:
        if any(CHOICE.search(cell.source) for cell in notebook(course, assignment).cells):
            count, found = compare(course, assignment)
            print(f"| {assignment} | {count} | {len(found)} |", flush=True)
            differ += [f"{assignment} {text}" for text in found]
    print("\n".join(["", *differ]), flush=True)
    scripts = [["full_mode.py", assignment] for assignment in course.assignments] + [["record.py"]]
    runs = [subprocess.run([sys.executable, ROOT / "benchmarks" / script, *words]) for script, *words in scripts]
    return 1 if differ or any(run.returncode for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
