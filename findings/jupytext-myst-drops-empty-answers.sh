#!/usr/bin/env bash
# jupytext's MyST form drops a Markdown cell that is empty, with its points and its grade_id
#
# Versions: jupytext 1.19.6.
# Expected: every form that keeps the metadata of cells keeps those of an empty cell, too. Code cells show how.
# Seen: an empty written answer is gone after one round through MyST. An empty code cell stays, and py:percent and
#     Markdown keep both.
# Why it matters: an answer cell that is released empty (text_stub = ""), or that a student has emptied, is lost at
#     the first save of a paired notebook, and with it the points: nbgrader then finds a missing cell.
# Source: MyST-NB's documentation, "Text-based notebooks": MyST notebooks have a one-to-one mapping with Jupyter
#     notebooks; jupytext's, "Notebooks as Markdown": the metadata of a Markdown cell are in the line above it.
# coursework: a missing answer cell is put back from the release; tests/intake/test_repair.py.
set -euo pipefail
. "$(dirname "$0")/environment"
environment jupytext==1.19.6 nbformat==5.11.1

python - >output <<'PY'
import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def meta(grade_id):
    return {"nbgrader": {"grade_id": grade_id, "grade": True, "solution": True, "points": 4, "locked": False}}


cells = [
    new_markdown_cell("Why does the loss fall?"),
    new_markdown_cell("", metadata=meta("q1-written")),
    new_code_cell("", metadata=meta("q2-code")),
    new_markdown_cell("The end"),
]
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
nb = new_notebook(cells=cells, metadata={"kernelspec": kernel})
for form in ("py:percent", "md", "md:myst"):
    back = jupytext.reads(jupytext.writes(nb, form), form)
    print(f"{form:10}", [c.metadata.nbgrader.grade_id for c in back.cells if "nbgrader" in c.metadata])
PY
seen <<'SEEN'
py:percent ['q1-written', 'q2-code']
md         ['q1-written', 'q2-code']
md:myst    ['q2-code']
SEEN
