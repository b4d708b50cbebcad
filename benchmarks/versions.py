"""Do sources, right answers and visible checks come out the same on other versions of Python, PyTorch and NumPy?

Usage: [COURSEWORK_DATA=DIR] python -m benchmarks.versions SET [--few] [ASSIGNMENT...], with a set of environments.toml
(--few: without the right answers, which are most of the work). One set a call: an environment is made in a temporary
folder, over the one that runs where the Python is the same, so that only what differs is installed. VERSIONS_VENV=DIR
keeps it for the next call. In it run, in an ordinary kernel:

- the source notebook, solutions and hidden tests included;
- whole notebooks of right answers, each right answer of the bank in one of them at least, without the cells that are
  left out when a class is graded;
- the released notebook with the solutions in it, as a student has it: its visible checks.

Every emitted value is judged beside the grader's own reference, with the check's own tolerance, and no cell may end
with an error. Prints one line an assignment, and each value or cell that differs.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_solution

from coursework.core.cells import skipped
from coursework.core.course import Course, read_notebook
from coursework.core.probes import Probe
from coursework.judging.judge import judge_notebook
from coursework.judging.reference import given_files, notebook, reference
from coursework.proving.cases import cases
from coursework.proving.matrix import WHOLE, Case

ROOT = Path(__file__).resolve().parents[1]
SETS = tomllib.loads(Path(__file__).with_name("environments.toml").read_text(encoding="utf-8"))
ASK = "import sys, torch, numpy; print(sys.version.split()[0], torch.__version__, numpy.__version__)"
QUIET = {"OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
KERNEL, STUDENT = "other-versions", "other-versions-student"


def build(name: str, folder: Path) -> tuple[Path, str]:
    """(the Python of the environment, a line on what could not be as the set says)."""
    wanted = SETS[name]
    mine = f"{sys.version_info[0]}.{sys.version_info[1]}"
    program, note = sys.executable, ""
    if (version := wanted.get("python", mine)) != mine:
        found = shutil.which(f"python{version}")
        works = found and subprocess.run([found, "-c", ""], capture_output=True).returncode == 0
        program, note = (str(found), "") if works else (program, f"no Python {version} here, so it is {mine}")
    python, stamp = folder / "bin" / "python", folder / "made-for"
    if stamp.exists() and stamp.read_text() == f"{program} {wanted['packages']}":
        return python, note
    subprocess.run([program, "-m", "venv", "--clear", folder], check=True)
    over = program == sys.executable
    install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*install, *wanted["packages"]], check=True)
    if over:
        own = subprocess.check_output(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        )
        # Named in a .pth file it comes after the environment's own packages.
        Path(own.strip(), "zz_libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    stamp.write_text(f"{program} {wanted['packages']}")
    return python, note


def kernels(python: Path, jupyter: Path) -> None:
    """Kernels of that Python under `jupyter`: the grader's, where hidden tests emit, and a student's."""
    for kind, more in ((KERNEL, {"COURSEWORK_GRADER": "1"}), (STUDENT, {})):
        spec = jupyter / "kernels" / kind
        spec.mkdir(parents=True)
        kernel = {
            "display_name": kind,
            "language": "python",
            "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            "env": {"PYTHONPATH": "", "NBGRADER_EXECUTION": "autograde", **QUIET, **more},
        }
        (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")


def executed(course: Course, nb: NotebookNode, kernel: str) -> NotebookNode:
    """A notebook of ours, run in grade mode by one of the `kernels`, beside the files that students get with it."""
    with tempfile.TemporaryDirectory() as work:
        for name, content in given_files(course, nb).items():
            Path(work, name).write_bytes(content)
        options = {"timeout": 600, "allow_errors": True, "resources": {"metadata": {"path": work}}}
        NotebookClient(nb, kernel_name=kernel, **options).execute()
    return nb


def as_students(course: Course, assignment: str) -> NotebookNode:
    """The released notebook with the source's solutions in it."""
    solutions = {cell.id: cell.source for cell in notebook(course, assignment).cells if is_solution(cell)}
    nb = read_notebook(course.released(assignment))
    for cell in nb.cells:
        cell.source = solutions.get(cell.id, cell.source)
    return nb


def differences(case: Case, known: dict[str, list[Probe]], nb: NotebookNode) -> tuple[int, list[str]]:
    """(how many values were compared, a line on each that the grader's own rules refuse or cell that ends in an error).

    `case.apart` are tests whose points come from a submission's weights: no notebook here has some.
    """
    nb, errors = nbformat.from_dict(nb), []
    for cell in nb.cells:
        ended = [o for o in cell.get("outputs", []) if o.output_type == "error" and cell.id not in case.apart]
        errors += [f"{case.name}: {cell.id}: {o.ename}: {str(o.evalue)[:200]}" for o in ended]
    verdicts = {grade_id: v for grade_id, v in judge_notebook(nb, known, {}).items() if grade_id not in case.apart}
    lines = [
        f"{case.name}: {cell}: {check.name}: {check.staff or check.message}"
        for cell, verdict in verdicts.items()
        for check in verdict.checks
        if check.fraction < 1
    ]
    return sum(len(verdict.checks) for verdict in verdicts.values()), lines + errors


def compared(course: Course, assignment: str, few: bool) -> tuple[int, int, list[str]]:
    """(notebooks that were run, values that were compared, a line on each difference)."""
    known = reference(course, assignment, everything=True)
    whole = [c for c in cases(course, assignment, False, None).cases if c.item == WHOLE and c.expected]
    whole = [c for c in whole if c.name == "source" or not few]
    student = Case("", "visible checks", None, 0.0, as_students(course, assignment))
    left_out = skipped(notebook(course, assignment))
    for case in whole:
        if case.name != "source" and not case.everything:
            case.nb.cells = [cell for cell in case.nb.cells if cell.id not in left_out]

    def one(case: Case) -> tuple[int, list[str]]:
        nb = executed(course, case.nb, STUDENT if case is student else KERNEL)
        return differences(case, {} if case is student else known, nb)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(one, [*whole, student]))
    return len(found), sum(count for count, _ in found), [line for _, lines in found for line in lines]


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in SETS:
        sys.exit(f"Name a set: {', '.join(SETS)}.")
    name, course = sys.argv[1], Course(ROOT)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("VERSIONS_VENV") or Path(temporary, "env"))
        python, note = build(name, folder)
        alone = os.environ | {"PYTHONPATH": ""}
        has = subprocess.check_output([python, "-c", ASK], text=True, cwd=temporary, env=alone).split()
        print(f"{name}: Python {has[0]}, PyTorch {has[1]}, NumPy {has[2]} {note}".strip(), flush=True)
        os.environ["JUPYTER_PATH"] = str(Path(temporary, "jupyter"))
        kernels(python, Path(temporary, "jupyter"))
        few, chosen = "--few" in sys.argv, [word for word in sys.argv[2:] if word != "--few"]
        for assignment in chosen or sorted(p.stem for p in ROOT.glob("source/*/*.ipynb")):
            started = time.perf_counter()
            notebooks, count, lines = compared(course, assignment, few)
            row = [name, assignment, notebooks, f"{count:,}", len(lines), f"{time.perf_counter() - started:.0f} s"]
            print("| " + " | ".join(map(str, row)) + " |", flush=True)
            for line in lines:
                print("   ", line, flush=True)


if __name__ == "__main__":
    main()
