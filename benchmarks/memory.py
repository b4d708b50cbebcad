"""Peak memory of `collect`, and of grading's main process, for classes of several sizes. Prints a table.

Usage: python -m benchmarks.memory [--counts 10,100,1000] [TREE …]: the working tree, and others of this project.

Each submission holds a picture of 300 KB, as plots are. The notebooks do not run, as that is done by other processes:
each task is made and then answered with an error, so that all that the main process does before and after is in.
"""

import argparse
import base64
import contextlib
import importlib
import importlib.util
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "hw1-mlp"
PICTURE = 300_000  # bytes


def inner(tree: Path, out: Path, words: list[str]) -> None:
    """In a process of its own, with the tree's code: run one command, and write its peak memory in MiB."""
    place, _, name = tomllib.loads((tree / "pyproject.toml").read_text())["project"]["scripts"]["coursework"].partition(
        ":"
    )
    main = getattr(importlib.import_module(place), name)
    old = importlib.util.find_spec("coursework.autograde")
    grading: Any = importlib.import_module("coursework.autograde" if old else "coursework.grading.autograde")
    grading.run_all = lambda course, makers, *more: ((key, _not_run(make)) for key, make in makers.items())
    judged_by: Any = grading if old else importlib.import_module("coursework.grading.gradebook")
    judged_by.reference = lambda course, assignment: {}
    sys.argv = ["coursework", *words]
    with contextlib.suppress(SystemExit):
        main()
    out.write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def _not_run(make: Any) -> dict[str, str]:
    make()
    return {"error": "not run"}


def inbox(root: Path, tree: Path, count: int) -> None:
    """A course of the tree's own assignment, and a zip of so many submissions."""
    for name in ("source", "release", "bank"):
        shutil.copytree(tree / name / ASSIGNMENT, root / name / ASSIGNMENT)
    shutil.copy(tree / "nbgrader_config.py", root)
    nb = nbformat.read(root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    answer = next(c for c in nb.cells if c.cell_type == "code" and c.metadata.get("nbgrader", {}).get("solution"))
    dice = random.Random(count)
    with zipfile.ZipFile(root / "in.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(count):
            name = "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))
            picture = {"image/png": base64.b64encode(dice.randbytes(PICTURE)).decode()}
            answer.source = f"x = {number}"
            answer.outputs = [nbformat.v4.new_output("display_data", picture)]
            file.writestr(f"L{name}_F{name}_{ASSIGNMENT}.ipynb", nbformat.writes(nb))


def peaks(tree: Path, count: int) -> list[str]:
    """Peak memory in MiB of the tree's `collect` and of its `autograde`, for so many submissions."""
    with tempfile.TemporaryDirectory() as folder:
        root, out, found = Path(folder, "course"), Path(folder, "peak.txt"), []
        root.mkdir()
        inbox(root, tree, count)
        env = os.environ | {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        for words in (["collect", "in.zip"], ["autograde", ASSIGNMENT]):
            line = [sys.executable, str(Path(__file__)), "--inner", str(tree), str(out), *words]
            subprocess.run(line, cwd=root, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            found.append(out.read_text())
        assert len(list((root / "submitted").glob("*/*/*.ipynb"))) == count
        return found


def main() -> None:
    if sys.argv[1:2] == ["--inner"]:
        inner(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--counts", default="10,100,1000")
    parser.add_argument("trees", nargs="*", type=Path)
    asked = parser.parse_args()
    print("| build | submissions | `collect`, MiB | `autograde`, main process, MiB |\n|---|---|---|---|")
    for tree in [ROOT, *(tree.resolve() for tree in asked.trees)]:
        for count in map(int, asked.counts.split(",")):
            print(f"| {tree.name} | {count:,} | {' | '.join(peaks(tree, count))} |", flush=True)


if __name__ == "__main__":
    main()
