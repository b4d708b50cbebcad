#!/usr/bin/env bash
# nbgrader's release cuts the text of a written solution and leaves the picture in it
#
# Versions: nbgrader 0.9.6.
# Expected: `nbgrader generate_assignment` replaces a written solution by "YOUR ANSWER HERE", and a picture that was
#     pasted into the solution (a photograph of a derivation) goes with it.
# Seen: the text goes. The picture stays in the cell's `attachments`, unseen in Jupyter, since no text shows it, and
#     every student has it in the file.
# Why it matters: solutions on paper are usual for derivations.
# Source: nbgrader's guide, "Generate and release an assignment": the student version has no solutions. The
#     preprocessors ClearSolutions and ClearMarkScheme change `cell.source` alone.
# coursework: `release` did the same and now drops pictures that no released text shows;
#     tests/authoring/test_release.py.
set -euo pipefail
. "$(dirname "$0")/environment"
environment nbgrader==0.9.6 nbformat==5.11.1

python - <<'PY'
import base64
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

nbgrader = {"schema_version": 3, "grade": True, "solution": True, "locked": False, "task": False, "points": 2}
nbgrader["grade_id"] = "q1"
answer = new_markdown_cell("As in ![](attachment:derivation.png)", metadata={"nbgrader": nbgrader})
answer.attachments = {"derivation.png": {"image/png": base64.b64encode(b"the derivation").decode()}}
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
Path("source/ps1").mkdir(parents=True)
nbformat.write(new_notebook(cells=[answer], metadata={"kernelspec": kernel}), "source/ps1/ps1.ipynb")
PY
nbgrader generate_assignment ps1 >log 2>&1 || { cat log; exit 1; }
python - >output <<'PY'
import base64

import nbformat

(cell,) = nbformat.read("release/ps1/ps1.ipynb", 4).cells
print("text:", cell.source)
for name, picture in cell.get("attachments", {}).items():
    print("attachment:", name, base64.b64decode(picture["image/png"]))
PY
seen <<'SEEN'
text: YOUR ANSWER HERE
attachment: derivation.png b'the derivation'
SEEN
