"""One notebook as a task: bytes in, bytes out, no shared file system but the data sets."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4.rwbase import rejoin_lines

from coursework.core.text import reason
from coursework.sandbox import bubblewrap, walls, warm
from coursework.sandbox.execute import KERNEL, SandboxExecute


def packed(nb: NotebookNode) -> str:
    """A notebook as a task carries it. To write it, nbformat would check it once more, and copy it."""
    return (
        json.dumps(nb, ensure_ascii=False).encode("utf-8", "replace").decode()
    )  # half a surrogate pair cannot be sent


def unpacked(text: str) -> NotebookNode:
    """The notebook that somebody has packed; it is not checked again."""
    return rejoin_lines(nbformat.from_dict(json.loads(text)))


def run_task(task: dict[str, Any], devices: tuple[Path, ...] = ()) -> dict[str, Any]:
    """One notebook as data: {"notebook": JSON, "handin": {name: bytes}, "limits": {...}, "data": path or None, "skip":
    [cells that do not run]}, and "evidence": {cell: {"notebook", "handin"}}, short notebooks that run after it, without
    data sets and without `devices`, the files of a GPU.

    Returns {"notebook": JSON, "evidence": {cell: JSON}, "error": None or one line}. An error here is the staff's side
    (no sandbox, no kernel), never the student's.
    """
    try:
        whole = task.get("data"), task.get("skip", ()), devices
        executed = _run(task["notebook"], task["handin"], task["limits"], *whole)
        evidence = {
            cell: _run(part["notebook"], part["handin"], task["limits"], None)
            for cell, part in task.get("evidence", {}).items()
        }
        return {"notebook": executed, "evidence": evidence, "error": None}
    except Exception as error:
        return {"notebook": task["notebook"], "evidence": {}, "error": reason(error)}


def _run(
    notebook: str,
    handin: dict[str, bytes],
    limits: dict[str, Any],
    data: str | None,
    skip: Iterable[str] = (),
    devices: tuple[Path, ...] = (),
) -> str:
    """The executed notebook as JSON; `handin` is read-only beside it."""
    nb = unpacked(notebook)
    folder = walls.host_folder()
    try:
        for name, payload in handin.items():
            path = folder / "handin" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(payload)
        with bubblewrap.settings(data=data, devices=devices, **limits):
            nb = _executed(nb, str(folder), limits["cell_seconds"], frozenset(skip))
    finally:
        walls.remove(folder)
    return packed(nb)


def _executed(nb: NotebookNode, folder: str, seconds: int, skip: frozenset[str], again: bool = True) -> NotebookNode:
    """The executed notebook. A kernel that does not start is started once more: none of the notebook's code has run
    then. The machine is too busy, or the warm process has ended, and there will be another one."""
    execute = SandboxExecute(kernel_name=KERNEL, timeout=seconds)
    execute.skip = skip
    try:
        return execute.preprocess(nb, {"metadata": {"path": folder}})[0]
    except (RuntimeError, warm.CannotFork):
        if execute.reached or not again:
            raise
    return _executed(nb, folder, seconds, skip, again=False)
