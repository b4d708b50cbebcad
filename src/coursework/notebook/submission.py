"""The last cell of a released notebook: what the staff's tools would stumble over, said before the upload.

Copied into that cell as `checks` is into the set-up cell. What is said here, `repair` does something about.
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from coursework.core.naming import BadName, parse_hand_in_name
from coursework.notebook.definitions import defined

LARGE = 20_000_000  # bytes of a notebook from which an upload tends to fail


def mark(source: str) -> str:
    """Eight hex digits for a cell's text; blanks at the ends of lines and of the text do not matter."""
    plain = "\n".join(line.rstrip() for line in source.strip().splitlines())
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def _this_notebook() -> dict | None:
    """The notebook as it is now: from Colab's page, else from the file that Jupyter names; None if neither knows."""
    if "google.colab" in sys.modules:
        from google.colab import _message

        reply = _message.blocking_request("get_ipynb", timeout_sec=60)
        return reply["ipynb"] if reply else None
    path = os.environ.get("JPY_SESSION_NAME", "")
    if path.endswith(".ipynb") and os.path.exists(path):
        return json.loads(Path(path).read_text(encoding="utf-8"))
    return None


def _source(cell: dict) -> str:
    return "".join(cell.get("source", ""))


def _was_run(cell: dict) -> bool:
    return bool(cell.get("execution_count") or cell.get("outputs") or not _source(cell).strip())


def _key(cell: dict) -> str:
    return cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id") or ""


def looks(notebook: dict, cells: list) -> list:
    """Sentences on what is odd. `cells`: (id, "answer" or "locked", cell type, mark, names) of every such cell.

    The names are those that an answer's stub defines.
    """
    found: dict[str, list] = {}
    for cell in notebook.get("cells", []):
        found.setdefault(_key(cell), []).append(cell)
    known = {key for key, *_ in cells}
    own = [c for c in notebook.get("cells", []) if c.get("cell_type") == "code" and _key(c) not in known]
    problems = []
    for key, role, kind, stub, names in cells:
        here = found.get(key, [])
        if not here:
            problems.append(f"the {role} cell `{key}` is gone: undo, or copy your answer into a fresh copy")
            continue
        cell, text = here[0], _source(here[0])
        if len(here) > 1:
            problems.append(f"the cell `{key}` is there {len(here)} times: keep one")
        elif cell.get("cell_type") != kind:
            problems.append(f"`{key}` has become a {cell.get('cell_type')} cell: it must be a {kind} cell")
        elif role == "answer" and (mark(text) == stub or not text.strip()):
            beside = [c for c in own if names and set(names) <= defined(_source(c))]
            where = f"; {names[0]} is in a cell of your own: move it into `{key}`" if beside else ""
            problems.append(f"`{key}` has no answer yet{where}")
        elif role == "locked" and mark(text) != stub:
            problems.append(f"the locked cell `{key}` was changed: it is graded as it was handed out")
        elif role == "locked" and kind == "code" and not _was_run(cell):
            problems.append(f"`{key}` was not run: Runtime, Run all, then save")
    size = len(json.dumps(notebook))
    if size > LARGE:
        largest = max(notebook["cells"], key=lambda c: len(json.dumps(c.get("outputs", []))))
        problems.append(f"the file is {size / 1e6:.0f} MB: clear the output of `{_key(largest)}`")
    return problems


def failing(notebook: dict, cells: list) -> list:
    """Ids of the given cells, tests among them, whose saved output ends with an error: a failed check, for one."""
    known = {key for key, role, kind, *_ in cells if role == "locked" and kind == "code"}
    return [
        _key(cell)
        for cell in notebook.get("cells", [])
        if _key(cell) in known and any(o.get("output_type") == "error" for o in cell.get("outputs", []))
    ]


def hand_in(assignment: str, file_name: str, cells: list | None = None) -> None:
    """Print what the staff's tools would stumble over: the file name, unanswered, deleted, doubled or unrun cells.

    `release` fills in `cells`. Nothing is changed and nothing is graded here.
    """
    problems, failed = [], []
    if file_name.strip():
        try:
            name = parse_hand_in_name(file_name, [assignment])
            print(f"File name: {file_name} is read as {name.first} {name.last}, {name.assignment}.")
            problems += [f"the file name: {odd}" for odd in name.odd]
        except BadName as error:
            problems.append(f"the file name: {error}")
    else:
        problems.append(f"FILE_NAME is empty: type the name that you will upload, Last_First_{assignment}.ipynb")
    try:
        notebook = _this_notebook()
    except Exception as error:
        notebook = None
        print(f"(The notebook could not be read from here: {type(error).__name__}.)")
    if notebook is not None:
        problems += looks(notebook, cells or [])
        failed = failing(notebook, cells or [])
    elif os.environ.get("NBGRADER_EXECUTION") != "autograde":
        print("This page does not tell where the notebook is stored, so only the file name was checked.")
    for problem in problems:
        print("✗", problem)
    if failed:
        names = ", ".join(f"`{key}`" for key in failed[:8]) + (", …" if len(failed) > 8 else "")
        print(f"! {len(failed)} of your checks failed when you saved: {names}. Uploaded like this, they cost points.")
    elif not problems:
        print("✓ Ready to hand in: download the .ipynb and upload it.")
