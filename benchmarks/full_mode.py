"""Run a reference notebook in full mode on the real data; print times and keep its last figure for docs/.

Usage: COURSEWORK_DATA=DIR python benchmarks/full_mode.py hw1-mlp. The reference
is our own code, so no sandbox is needed.
"""

import base64
import os
import sys
import tempfile
import time
from pathlib import Path

import torch
from nbclient import NotebookClient

from coursework.course import Course
from coursework.reference import notebook


def main() -> None:
    assignment = sys.argv[1] if len(sys.argv) > 1 else "hw1-mlp"
    course = Course(Path(__file__).resolve().parents[1])
    nb = notebook(course, assignment)
    os.environ.pop("NBGRADER_EXECUTION", None)
    os.environ["COURSEWORK_GRADER"] = "1"  # so that the hidden probes emit instead of refusing
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(nb, kernel_name="python3", timeout=3600, resources=resources).execute()
    seconds = time.perf_counter() - started
    place = torch.cuda.get_device_name() if torch.cuda.is_available() else f"{os.cpu_count()} CPU cores"
    print(f"{assignment} in full mode: {seconds:.0f} s on {place}")
    figure = None
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and "accuracy" in output.text:
                print("\n".join(line for line in output.text.splitlines() if "accuracy" in line))
            if "image/png" in output.get("data", {}):
                figure = output.data["image/png"]
    if figure:
        path = course.root / "docs" / "images" / f"{assignment}-curve.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(figure))
        print(f"last figure: {path.relative_to(course.root)}")


if __name__ == "__main__":
    main()
