"""The walk of one submission through `collect` and through `autograde`: which modules it enters, in what order.

Usage: python -m benchmarks.walk [--show] [TREE …]: the working tree, and others of this project beside it.

Somebody who reads along follows a function the first time that it is called. So each function counts once, where it is
first called; what runs while a module is imported does not count. A return is a step to a module that was left before.
Everything runs in one process: an older build that knows only Dask gets an engine that does.
"""

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT = "hw1-mlp"


def traced(package: Path, main: Any, words: list[str]) -> list[str]:
    """The modules of `package`, one for each function in the order of the first calls, while `main` runs."""
    seen: set[CodeType] = set()
    order: list[str] = []
    importing = 0

    def follow(frame: FrameType, event: str, _: Any) -> None:
        nonlocal importing
        code = frame.f_code
        if code.co_name == "<module>":
            importing += {"call": 1, "return": -1}.get(event, 0)
        if event != "call" or importing or code in seen or code.co_name.startswith("<"):
            return
        if code.co_filename.startswith(f"{package}{os.sep}"):
            seen.add(code)
            order.append(Path(code.co_filename).relative_to(package).with_suffix("").as_posix())

    sys.argv = ["coursework", *words]
    sys.setprofile(follow)
    try:
        main()
    except SystemExit as done:
        assert done.code in (0, None, 3), f"{words[0]} ended with {done.code}"
    finally:
        sys.setprofile(None)
    return order


def one_process(project: dict[str, Any]) -> None:
    """Let the tree's own sandbox be found, and a build that knows only Dask run its tasks here."""
    from jupyter_client.provisioning import KernelProvisionerFactory

    group = "jupyter_client.kernel_provisioners"
    for name, value in project["entry-points"][group].items():
        KernelProvisionerFactory.instance().provisioners[name] = EntryPoint(name, value, group)
    if importlib.util.find_spec("coursework.engine"):
        old = importlib.import_module("coursework.engine")
        run_task = old.run_task  # type: ignore[attr-defined]
        old.run_all = lambda course, makers: ((key, run_task(make())) for key, make in makers.items())  # type: ignore


def inner(tree: Path, out: Path, words: list[str]) -> None:
    """In a process of its own, with the tree's code: run one command, and write its walk."""
    project = tomllib.loads((tree / "pyproject.toml").read_text())["project"]
    place, _, name = project["scripts"]["coursework"].partition(":")
    one_process(project)
    main = getattr(importlib.import_module(place), name)
    out.write_text("\n".join(traced(tree / "src" / "coursework", main, words)))


def command(tree: Path, root: Path, *words: str) -> list[str]:
    """The walk of one command of the tree's build in the course `root`."""
    out = root / "walk.txt"
    env = os.environ | {"PYTHONPATH": str(tree / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    line = [sys.executable, str(Path(__file__)), "--inner", str(tree), str(out), *words]
    subprocess.run(line, cwd=root, env=env, check=True, stdout=subprocess.DEVNULL)
    return out.read_text().split()


def walks(tree: Path) -> dict[str, list[str]]:
    """Command → its walk, with one submission of the tree's own assignment."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("source", "release", "bank"):
            shutil.copytree(tree / name / ASSIGNMENT, root / name / ASSIGNMENT)
        shutil.copy(tree / "nbgrader_config.py", root)
        (root / "inbox").mkdir()
        shutil.copy(
            root / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", root / "inbox" / f"Doe_Jane_{ASSIGNMENT}.ipynb"
        )
        serial = ["--engine", "serial"] if (tree / "src/coursework/sandbox").is_dir() else []
        found = {"collect": command(tree, root, "collect", "inbox")}
        command(tree, root, "autograde", ASSIGNMENT, *serial)  # the reference has run then
        found["autograde"] = command(tree, root, "autograde", ASSIGNMENT, "--force", *serial)
        return found


def count(walk: list[str]) -> tuple[int, int]:
    """(modules entered, returns to one that was left before)."""
    steps = [module for at, module in enumerate(walk) if not at or walk[at - 1] != module]
    return len(set(steps)), len(steps) - len(set(steps))


def main() -> None:
    if sys.argv[1:2] == ["--inner"]:
        inner(Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
        return
    show = "--show" in sys.argv
    trees = [ROOT, *(Path(word).resolve() for word in sys.argv[1:] if word != "--show")]
    print("| build | command | functions | modules entered | returns |\n|---|---|---|---|---|")
    for tree in trees:
        for name, walk in walks(tree).items():
            entered, returns = count(walk)
            print(f"| {tree.name} | `{name}` | {len(walk)} | {entered} | {returns} |", flush=True)
            if show:
                print("\n".join(f"  {module}" for at, module in enumerate(walk) if not at or walk[at - 1] != module))


if __name__ == "__main__":
    main()
