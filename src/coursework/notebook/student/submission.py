"""The submission check as a student runs it; of a file name that breaks the rule it says the rule, not the fault."""

import hashlib
import json
import os
import pathlib
import re
import sys
import unicodedata

ODD = r"(?i)(copy|kopie|copie|copia)\b.*|((last|first)(-?name)?|(sur)?name)_((last|first)(-?name)?|(sur)?name)"  # names


def mark(source: str) -> str:
    """Eight hex digits for a cell's text; blanks at the ends of lines and of the text do not matter."""
    plain = "\n".join(line.rstrip() for line in source.strip().splitlines())
    return hashlib.sha256(plain.encode()).hexdigest()[:8]


def _this_notebook() -> dict:
    """The notebook as it is now: from Colab's page, else from the file that Jupyter names; empty if neither knows."""
    try:
        if "google.colab" in sys.modules:
            from google.colab import _message

            return _message.blocking_request("get_ipynb", timeout_sec=60)["ipynb"]
        return json.loads(pathlib.Path(os.environ["JPY_SESSION_NAME"]).read_text(encoding="utf-8"))
    except Exception:  # wherever else it runs, the file name can still be looked at
        return {}


def _by_key(notebook: dict) -> dict:
    """Id → (cell type, text, whether it was run, its outputs) of every cell that has the id."""
    found: dict = {}
    for cell in notebook.get("cells", []):
        key = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id") or ""
        text, outputs = "".join(cell.get("source", "")), cell.get("outputs") or []
        ran = cell.get("execution_count") or outputs or not text.strip()
        found.setdefault(key, []).append((cell.get("cell_type"), text, ran, outputs))
    return found


def looks(notebook: dict, cells: list) -> tuple:
    """(sentences on what is odd, ids of the given cells whose saved output ends with an error).

    `cells`: (id, "answer" or "locked", cell type, mark, names) of every such cell.
    """
    found, problems = _by_key(notebook), []
    own = [text for key in set(found) - {key for key, *_ in cells} for kind, text, *_ in found[key] if kind == "code"]
    for key, role, kind, stub, names in cells:
        now, text, ran, _ = found.get(key, [("", "", True, [])])[0]
        defines = [rf"^((def|class)\s+{name}\b|{name}\s*=(?!=))" for name in names]
        beside = names and any(all(re.search(one, other, re.M) for one in defines) for other in own)
        where = f"; {names[0]} is in a cell of your own: move it into `{key}`" if beside else ""
        answer, changed = role == "answer", mark(text) != stub
        sentences = {
            f"the {role} cell `{key}` is gone: undo, or copy your answer into a fresh copy": key not in found,
            f"the cell `{key}` is there {len(found.get(key, []))} times: keep one": len(found.get(key, [])) > 1,
            f"`{key}` has become a {now} cell: it must be a {kind} cell": now != kind,
            f"`{key}` has no answer yet{where}": answer and not (changed and text.strip()),
            f"the locked cell `{key}` was changed: it is graded as it was handed out": not answer and changed,
            f"`{key}` was not run: Runtime, Run all, then save": not answer and kind == "code" and not ran,
        }
        problems += [sentence for sentence, wrong in sentences.items() if wrong][:1]
    if (size := len(json.dumps(notebook))) > 20_000_000:
        largest = max(found, key=lambda key: len(json.dumps([outputs for *_, outputs in found[key]])))
        problems.append(f"the file is {size / 1e6:.0f} MB: clear the output of `{largest}`")
    given = [key for key, role, kind, *_ in cells if role == "locked" and key in found]
    failed = [k for k in given if any(o.get("output_type") == "error" for *_, out in found[k] for o in out)]
    return problems, failed


def hand_in(assignment: str, file_name: str, cells: list | None = None) -> None:
    """Print what the staff's tools would stumble over: the file name, unanswered, deleted, doubled or unrun cells.

    `release` fills in `cells`. Nothing is changed and nothing is graded here.
    """
    problems, failed = [], []
    rule, names = f"Last_First_{assignment}.ipynb", file_name.removesuffix(f"_{assignment}.ipynb")
    last, _, first = unicodedata.normalize("NFC", names).rpartition("_")
    fits = all(c.isalpha() or unicodedata.category(c)[0] == "M" or c in " _-'’.·" for c in names)
    fits = fits and any(map(str.isalpha, last)) and any(map(str.isalpha, first)) and names == names.strip()
    if not file_name.strip():
        problems.append(f"FILE_NAME is empty: type the name that you will upload, {rule}")
    elif names == file_name or not fits or re.fullmatch(ODD, names):
        problems.append(f"the file name: {file_name} should be {rule}, with your own names in place of these two")
    else:
        print(f"File name: {file_name} is read as {first} {last.replace('_', ' ').strip()}, {assignment}.")
    if notebook := _this_notebook():
        odd, failed = looks(notebook, cells or [])
        problems += odd
    elif os.environ.get("NBGRADER_EXECUTION") != "autograde":
        print("This page does not tell where the notebook is stored, so only the file name was checked.")
    for problem in problems:
        print("✗", problem)
    if failed:
        names = ", ".join(f"`{key}`" for key in failed[:8]) + (", …" if len(failed) > 8 else "")
        print(f"! {len(failed)} of your checks failed when you saved: {names}. Uploaded like this, they cost points.")
    elif not problems:
        print("✓ Ready to hand in: download the .ipynb and upload it.")
