"""What a notebook's last cells do: leave the artefacts of the student's run, and check the hand-in before the upload.

Copied into the released notebooks like `coursework.checks`, by the same rules.
"""

import json
import os
import sys
from pathlib import Path

from coursework.artefacts import encode
from coursework.names import BadName, parse_hand_in_name


def artefact(name: str, payload: bytes) -> None:
    """Write `payload` to out/`name` and print it as a checksummed text block, so that it travels in the saved output.

    Raises ValueError when the block would be larger than 1 MiB: such a file is handed in beside the notebook.
    """
    folder = Path("out")
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(payload)
    print(encode(name, payload))


def _this_notebook() -> dict | None:
    """The notebook as it stands: from Colab's page, else from the file that Jupyter names; None if neither knows."""
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


def _looks(notebook: dict, cells: list) -> list:
    """Sentences on what is missing: `cells` holds (cell id, "answer" or "locked", released text) of every such cell."""
    found: dict[str, list] = {}
    for cell in notebook.get("cells", []):
        key = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id")
        found.setdefault(key, []).append(cell)
    problems = []
    for key, role, released in cells:
        here = found.get(key, [])
        if not here:
            problems.append(f"the {role} cell `{key}` is gone: undo, or copy your answer into a fresh copy")
        elif len(here) > 1:
            problems.append(f"the cell `{key}` is there {len(here)} times: keep one")
        elif role == "answer" and _source(here[0]).strip() == released.strip():
            problems.append(f"`{key}` has no answer yet")
        elif role == "locked" and here[0].get("cell_type") == "code" and not _was_run(here[0]):
            problems.append(f"`{key}` was not run: Runtime, Run all, then save")
    return problems


def hand_in(assignment: str, file_name: str, cells: list | None = None) -> None:
    """Print what the staff's tools would stumble over: the file name, unanswered, deleted, doubled or unrun cells.

    `release` fills in `cells`. Nothing is changed and nothing is graded here.
    """
    problems = []
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
        problems += _looks(notebook, cells or [])
    elif os.environ.get("NBGRADER_EXECUTION") != "autograde":
        print("This page does not tell where the notebook is stored, so only the file name was checked.")
    for problem in problems:
        print("✗", problem)
    if not problems:
        print("✓ Ready to hand in: download the .ipynb and upload it.")
