"""Do the trainings come out alike where numbers are rounded otherwise, as on a GPU? Full mode, the CPU and beside it.

Usage: COURSEWORK_DATA=DIR python -m benchmarks.rounding [ASSIGNMENT...]. The second run is on the tests' second device:
the way that the notebook takes to a GPU, with noise of a millionth on the result of every inexact operation and with
other dropout masks. Prints every accuracy and loss that the notebook reports, from both.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

from nbclient import NotebookClient

from coursework.core.course import Course
from coursework.judging.reference import notebook

ROOT = Path(__file__).resolve().parents[1]
from test_second_device import moved  # noqa: E402

NUMBER = re.compile(
    r"(training accuracy|final loss|test digits|test accuracy|training loss|validation accuracy) (\d\.\d+)"
)


def reported(assignment: str, second: bool) -> tuple[dict[str, float], float]:
    """("cell, line: what" → number, seconds) of the reference notebook in full mode."""
    nb = notebook(Course(ROOT), assignment)
    if second:
        moved(nb, more="ROUNDING = 1e-6")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        NotebookClient(nb, kernel_name="python3", timeout=6000, resources={"metadata": {"path": folder}}).execute()
    found = {}
    for cell in nb.cells:
        text = "".join(o.text for o in cell.get("outputs", []) if o.output_type == "stream")
        for line in text.splitlines():
            for what, number in NUMBER.findall(line):
                name = line.split(":")[0].strip() if ":" in line else ""
                found[f"{cell.id}, {name}: {what}"] = float(number)
    return found, time.perf_counter() - started


def main() -> None:
    os.environ.pop("NBGRADER_EXECUTION", None)
    os.environ["COURSEWORK_GRADER"] = "1"  # so that the hidden probes emit instead of refusing
    for assignment in sys.argv[1:] or ("hw1-mlp", "hw4-backprop", "hw5-cnn"):
        (here, seconds), (there, more) = reported(assignment, False), reported(assignment, True)
        print(f"\n{assignment}: {seconds:.0f} s on the CPU, {more:.0f} s on the second device", flush=True)
        print("| | CPU | rounded otherwise | difference |\n|---|---|---|---|")
        for name in here:
            print(f"| {name} | {here[name]:.3f} | {there[name]:.3f} | {there[name] - here[name]:+.3f} |", flush=True)


if __name__ == "__main__":
    main()
