"""Do the sources emit the same values on other versions of Python, PyTorch and NumPy?

Usage: [COURSEWORK_DATA=DIR] python -m benchmarks.versions SET [ASSIGNMENT...], with a set of environments.toml. One set
a call: an environment is made in a temporary folder, over the one that runs where the Python is the same, so that only
what differs is installed. VERSIONS_VENV=DIR keeps it for the next call. In it the source notebooks run, solutions and
hidden tests included, and every emitted value is judged beside the grader's own, with the check's own tolerance. Prints
one line a notebook, and each value that differs by more.
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
from pathlib import Path

from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_test
from coursework.core.course import ASSIGNMENTS, Course
from coursework.judging.judge import judge_notebook
from coursework.judging.reference import notebook, reference

ROOT = Path(__file__).resolve().parents[1]
SETS = tomllib.loads(Path(__file__).with_name("environments.toml").read_text(encoding="utf-8"))
ASK = "import sys, torch, numpy; print(sys.version.split()[0], torch.__version__, numpy.__version__)"
KERNEL = "other-versions"


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
    install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *(["--no-deps"] if over else [])]
    subprocess.run([*install, *wanted["packages"]], check=True)
    if over:
        own = subprocess.check_output(
            [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
        )
        # Named in a .pth file it comes after the environment's own packages.
        Path(own.strip(), "zz_libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    stamp.write_text(f"{program} {wanted['packages']}")
    return python, note


def executed(course: Course, assignment: str, python: Path, jupyter: Path) -> NotebookNode:
    """The source notebook, run by that Python in grade mode."""
    spec = jupyter / "kernels" / KERNEL
    spec.mkdir(parents=True, exist_ok=True)
    kernel = {
        "display_name": KERNEL,
        "language": "python",
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "env": {"PYTHONPATH": "", "NBGRADER_EXECUTION": "autograde", "COURSEWORK_GRADER": "1", "OMP_NUM_THREADS": "1"},
    }
    (spec / "kernel.json").write_text(json.dumps(kernel), encoding="utf-8")
    nb = notebook(course, assignment)
    with tempfile.TemporaryDirectory() as work:
        options = {"timeout": 600, "allow_errors": True, "resources": {"metadata": {"path": work}}}
        NotebookClient(nb, kernel_name=KERNEL, **options).execute()
    return nb


def differences(course: Course, assignment: str, nb: NotebookNode) -> tuple[int, list[str]]:
    """(how many values were compared, a line on each that the grader's own rules refuse)."""
    known = reference(course, assignment)
    verdicts = judge_notebook(nb, known, {})
    lines = [
        f"{cell}: {check.name}: {check.message}"
        for cell, verdict in verdicts.items()
        for check in verdict.checks
        if check.fraction < 1
    ]
    lines += [
        f"{cell.id}: {output.ename}: {str(output.evalue)[:200]}"
        for cell in nb.cells
        if cell.cell_type == "code" and not is_test(cell)
        for output in cell.outputs
        if output.output_type == "error"
    ]
    return sum(len(records) for records in known.values()), lines


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
        for assignment in sys.argv[2:] or ASSIGNMENTS:
            started = time.perf_counter()
            nb = executed(course, assignment, python, Path(temporary, "jupyter"))
            count, lines = differences(course, assignment, nb)
            seconds = time.perf_counter() - started
            print(f"| {name} | {assignment} | {count} values | {len(lines)} differ | {seconds:.0f} s |", flush=True)
            for line in lines:
                print("   ", line, flush=True)


if __name__ == "__main__":
    main()
