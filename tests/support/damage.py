"""What happens to notebooks on their way: each function damages the JSON content of one, in place or by its bytes.

`DAMAGES` change the content, `WRAPPINGS` what the file is. A damage gets the content (a dictionary), a `random.Random`
and the ids of the answer cells, and may do nothing where there is nothing to damage. None of them takes an answer away;
those that do are in `LOSSES`.
"""

import json
import random
import re

import nbformat
from nbconvert import HTMLExporter, PythonExporter
from nbgrader.utils import is_solution

from coursework.judging.reference import notebook

DAMAGES, LOSSES, WRAPPINGS = {}, {}, {}


def damage(function):
    DAMAGES[function.__name__] = function
    return function


def loss(function):
    LOSSES[function.__name__] = function
    return function


def wrapping(function):
    WRAPPINGS[function.__name__] = function
    return function


def text(cell):
    return "".join(cell["source"])


def about(cell):
    return cell["metadata"].get("nbgrader") or {}


def key(cell):
    return about(cell).get("grade_id") or cell.get("id")


def fresh(dice):
    return "".join(dice.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(12))


def new(kind, source, dice):
    more = {"outputs": [], "execution_count": None} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source, "id": fresh(dice), **more}


def tests_of(nb):
    return [c for c in nb["cells"] if "--" in (key(c) or "")]


def locked(nb):
    return [c for c in nb["cells"] if about(c).get("locked")]


def answers_of(nb, ids):
    return [c for c in nb["cells"] if key(c) in ids]


@damage
def ids_doubled(nb, dice, ids):
    """A locked cell was copied and pasted."""
    cell = dice.choice(locked(nb) or nb["cells"])
    nb["cells"].insert(nb["cells"].index(cell) + 1, json.loads(json.dumps(cell)))


@damage
def answer_doubled(nb, dice, ids):
    """An answer cell was copied; both say the same."""
    for cell in dice.sample(answers_of(nb, ids), min(1, len(answers_of(nb, ids)))):
        nb["cells"].insert(nb["cells"].index(cell), json.loads(json.dumps(cell)))


@damage
def metadata_lost(nb, dice, ids):
    """Copied to another notebook: the marks of every cell are gone, their ids stay."""
    for cell in nb["cells"]:
        cell["metadata"] = {}


@damage
def some_metadata_lost(nb, dice, ids):
    for cell in nb["cells"]:
        if dice.random() < 0.3:
            cell["metadata"] = {}


@damage
def metadata_copied(nb, dice, ids):
    """The marks of one cell were pasted onto a cell of the student's own."""
    cell = new("code", "scratch = 1", dice)
    cell["metadata"] = json.loads(json.dumps(dice.choice(tests_of(nb) or nb["cells"])["metadata"]))
    nb["cells"].append(cell)


@damage
def ids_gone(nb, dice, ids):
    """nbformat 4.4, as Colab writes it."""
    nb["nbformat_minor"] = 4
    for cell in nb["cells"]:
        cell.pop("id", None)


@damage
def ids_changed(nb, dice, ids):
    for cell in nb["cells"]:
        cell["id"] = fresh(dice)


@damage
def tests_deleted(nb, dice, ids):
    gone = {id(c) for c in tests_of(nb) if dice.random() < 0.5}
    nb["cells"] = [c for c in nb["cells"] if id(c) not in gone]


@damage
def tests_emptied(nb, dice, ids):
    for cell in tests_of(nb):
        if dice.random() < 0.5:
            cell["source"] = dice.choice(["", "pass", "# removed"])


@damage
def locked_edited(nb, dice, ids):
    for cell in dice.sample(locked(nb), min(3, len(locked(nb)))):
        cell["source"] = text(cell) + "\n# a note of mine"


@damage
def points_raised(nb, dice, ids):
    for cell in nb["cells"]:
        if "points" in about(cell):
            cell["metadata"]["nbgrader"]["points"] = 99


@damage
def locked_became_raw(nb, dice, ids):
    for cell in dice.sample(locked(nb), min(2, len(locked(nb)))):
        cell["cell_type"] = "raw"


@damage
def answer_became_markdown(nb, dice, ids):
    code = [c for c in answers_of(nb, ids) if c["cell_type"] == "code" and about(c).get("grade_id")]
    for cell in dice.sample(code, min(1, len(code))):
        cell["cell_type"] = "markdown"


@damage
def answer_typed_beside(nb, dice, ids):
    """The stub stands untouched, and the answer in a new cell below it."""
    marked = [c for c in answers_of(nb, ids) if c["cell_type"] == "code" and about(c) and "def " in text(c)]
    for cell in dice.sample(marked, min(1, len(marked))):
        nb["cells"].insert(nb["cells"].index(cell) + 1, new("code", text(cell), dice))
        cell["source"] = STUBS.get(key(cell), "")


@damage
def answer_split(nb, dice, ids):
    """Split at a line inside of a function, by Ctrl-Shift-minus."""
    marked = [c for c in answers_of(nb, ids) if c["cell_type"] == "code" and about(c)]
    marked = [c for c in marked if re.search(r"\n    [^\n]*\n    ", text(c)) and "@" not in text(c)]
    for cell in dice.sample(marked, min(1, len(marked))):
        lines = text(cell).splitlines(keepends=True)
        places = [i for i in range(1, len(lines)) if lines[i].startswith("    ") and lines[i - 1].startswith("    ")]
        places = [i for i in places if text(cell).count('"""', 0, sum(map(len, lines[:i]))) % 2 == 0]
        if places:
            at = dice.choice(places)
            cell["source"] = "".join(lines[:at]).rstrip("\n")
            nb["cells"].insert(nb["cells"].index(cell) + 1, new("code", "".join(lines[at:]), dice))


@damage
def answers_merged(nb, dice, ids):
    """The second of two answers was appended to the first, and its own cell emptied."""
    marked = [c for c in answers_of(nb, ids) if c["cell_type"] == "code" and re.match(r"(def|class) ", text(c))]
    if len(marked) > 1:
        at = dice.randrange(len(marked) - 1)
        one, two = marked[at : at + 2]
        one["source"], two["source"] = text(one) + "\n\n\n" + text(two), ""


@damage
def reordered(nb, dice, ids):
    order = list(range(len(nb["cells"])))
    for _ in range(4):
        i, j = dice.randrange(len(order)), dice.randrange(len(order))
        order[i], order[j] = order[j], order[i]
    nb["cells"] = [nb["cells"][i] for i in order]


@damage
def own_cells(nb, dice, ids):
    for number in range(dice.randrange(1, 4)):
        kind = dice.choice(["code", "markdown", "raw"])
        nb["cells"].insert(dice.randrange(len(nb["cells"]) + 1), new(kind, f"# my scratch {number}", dice))


@damage
def colabs_own_metadata(nb, dice, ids):
    nb["metadata"]["colab"] = {"provenance": [], "name": "Copy of hw.ipynb"}
    for cell in nb["cells"]:
        cell["metadata"]["executionInfo"] = {"user": {"displayName": "Jane", "userId": "1"}, "status": "ok"}
        cell["metadata"]["outputId"] = fresh(dice)


@damage
def widgets_and_another_kernel(nb, dice, ids):
    nb["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {fresh(dice): {"a": 1}}}}
    nb["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}


@damage
def huge_output(nb, dice, ids):
    code = [c for c in nb["cells"] if c["cell_type"] == "code"]
    if code:
        dice.choice(code)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * 3_000_000}]


@damage
def malformed_outputs(nb, dice, ids):
    for cell in nb["cells"]:
        if cell["cell_type"] == "code" and dice.random() < 0.2:
            cell["outputs"] = dice.choice([[None], [{"output_type": "magic"}], "text", {"a": 1}])


@damage
def last_years_release(nb, dice, ids):
    nb["metadata"].setdefault("coursework", {})["release"] = "last-year-0123456789"
    for cell in dice.sample(tests_of(nb), min(2, len(tests_of(nb)))):
        cell["source"] = "# last year's test\nassert True"


@damage
def blanks_and_line_ends(nb, dice, ids):
    for cell in nb["cells"]:
        cell["source"] = text(cell).replace("\n", "\r\n") + "\n\n"


def _code(nb, ids):
    return [c for c in answers_of(nb, ids) if c["cell_type"] == "code" and len(text(c)) > 60]


@damage
def marks_swapped(nb, dice, ids):
    """Two cells were exchanged, or an assistant wrote them anew: each carries the marks of the other."""
    if len(cells := [c for c in _code(nb, ids) if re.search(r"^(def|class) ", text(c), re.M)]) > 1:
        one, two = dice.sample(cells, 2)
        for name in ("id", "metadata"):
            one[name], two[name] = two.get(name), one.get(name)


@damage
def no_break_spaces(nb, dice, ids):
    """Copied from a web page or a chat: the indentation is of another kind of blank."""
    for cell in dice.sample(_code(nb, ids), min(2, len(_code(nb, ids)))):
        cell["source"] = re.sub(r"^ +", lambda found: "\xa0" * len(found[0]), text(cell), flags=re.M)


@damage
def fence_in_an_answer(nb, dice, ids):
    """Pasted with the marks that a chat puts around code."""
    for cell in dice.sample(_code(nb, ids), min(2, len(_code(nb, ids)))):
        cell["source"] = f"```python\n{text(cell)}\n```"


@loss
def answer_deleted(nb, dice, ids):
    for cell in dice.sample(answers_of(nb, ids), min(1, len(answers_of(nb, ids)))):
        nb["cells"].remove(cell)


@loss
def answer_emptied(nb, dice, ids):
    for cell in dice.sample(answers_of(nb, ids), min(1, len(answers_of(nb, ids)))):
        cell["source"] = ""


def as_json(nb):
    return json.dumps(nb, ensure_ascii=False, indent=1).encode()


@wrapping
def plain_file(nb, dice):
    return as_json(nb), "x.ipynb"


@wrapping
def byte_order_mark(nb, dice):
    return b"\xef\xbb\xbf" + as_json(nb), "x.ipynb"


@wrapping
def utf16(nb, dice):
    return as_json(nb).decode().encode("utf-16"), "x.ipynb"


@wrapping
def trash_at_the_end(nb, dice):
    return as_json(nb) + b"\n<<<<<<< HEAD\n}}", "x.ipynb"


@wrapping
def cut_off_in_the_last_cell(nb, dice):
    """The upload broke: everything up to the last cell is there."""
    whole = json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": nb["cells"], "metadata": {}}, indent=1)
    return whole[: whole.rindex('"cell_type"') + 20].encode(), "x.ipynb"


@wrapping
def python_script(nb, dice):
    """Saved as .py by Jupyter."""
    return PythonExporter().from_notebook_node(_valid(nb))[0].encode(), "x.py"


@wrapping
def web_page(nb, dice):
    """Saved as .html by Jupyter."""
    return HTMLExporter().from_notebook_node(_valid(nb))[0].encode(), "x.html"


@wrapping
def in_a_fence(nb, dice):
    """An assistant's reply, saved whole."""
    return b"Here is your notebook:\n\n```json\n" + as_json(nb) + b"\n```\nGood luck!\n", "x.ipynb"


@wrapping
def in_a_string(nb, dice):
    return json.dumps(as_json(nb).decode()).encode(), "x.ipynb"


@wrapping
def printed_by_python(nb, dice):
    return repr(nb).encode(), "x.ipynb"


@wrapping
def without_a_format(nb, dice):
    return as_json({"cells": nb["cells"]}), "x.ipynb"


@wrapping
def lines_without_ends(nb, dice):
    """A tool wrote each source as a list of lines, and forgot the line ends."""
    cells = [c | {"source": text(c).replace("\r\n", "\n").split("\n")} for c in nb["cells"]]
    return as_json(nb | {"cells": cells}), "x.ipynb"


@wrapping
def git_conflict(nb, dice):
    """Both sides ran it: the numbers of executions differ, the answers do not."""
    lines = as_json(nb).decode().split("\n")
    numbers = [n for n, line in enumerate(lines) if '"execution_count"' in line]
    at = dice.choice(numbers)
    sides = [re.sub(r":[^,]*", f": {n}", lines[at]) for n in (3, 17)]
    marks = ["<<<<<<< HEAD", sides[0], "=======", sides[1], ">>>>>>> 5f2c1aa"]
    return "\n".join([*lines[:at], *marks, *lines[at + 1 :]]).encode(), "x.ipynb"


@wrapping
def repository_page(nb, dice):
    """The page of a repository, saved as if it were the file."""
    data = json.dumps({"payload": {"blob": {"rawLines": as_json(nb).decode().split("\n")}}})
    page = f'<!DOCTYPE html><html><body><script type="application/json">{data}</script></body></html>'
    return page.encode(), "x.ipynb"


def _valid(nb):
    clean = json.loads(json.dumps(nb))
    for cell in clean["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
        else:
            cell.pop("outputs", None)
            cell.pop("execution_count", None)
    clean["nbformat_minor"] = 4
    for cell in clean["cells"]:
        cell.pop("id", None)
    return nbformat.reads(json.dumps(clean), as_version=4)


STUBS: dict[str, str] = {}  # grade_id → released text of the answer cells


def answered(course, assignment):
    """(the released notebook with the reference's answers as JSON content, the ids of its answer cells)."""
    skeleton = nbformat.read(course.released(assignment), as_version=4)
    solved = {c.id: c.source for c in notebook(course, assignment).cells}
    ids = [c.id for c in skeleton.cells if is_solution(c)]
    STUBS.update({c.id: c.source for c in skeleton.cells if c.id in ids})
    content = json.loads(nbformat.writes(skeleton))
    for cell in content["cells"]:
        if cell["id"] in ids:
            lines = solved[cell["id"]].splitlines(keepends=True)
            cell["source"] = "".join(x for x in lines if "SOLUTION" not in x and "stub:" not in x)
    return content, ids


def damaged(nb, names, dice, ids):
    """A copy of the content `nb` with these damages, one after the other."""
    copy = json.loads(json.dumps(nb))
    for name in names:
        (DAMAGES | LOSSES)[name](copy, dice, ids)
    return copy


def combination(dice: random.Random, most: int = 4) -> list[str]:
    """Names of one to `most` damages."""
    return dice.sample(sorted(DAMAGES), dice.randint(1, most))
