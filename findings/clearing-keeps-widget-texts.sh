#!/usr/bin/env bash
# What a widget has printed outlives the clearing of outputs, and is released
#
# Versions: nbgrader 0.9.6, nbconvert 7.17.2, nbclient 0.11.0, ipywidgets 8.1.9.
# Expected: `jupyter nbconvert --clear-output` and `nbgrader generate_assignment` leave nothing that the instructor's
#     run has printed.
# Seen: what was printed inside an Output widget (so by everything made with `interact`) lies in the notebook's
#     metadata, `widgets`, once the widget state is saved. Both commands keep it; nbgrader's release goes to the
#     students with it.
# Why it matters: the instructor's run is a run of the solution. Progress bars and sliders are in every such notebook.
# Source: nbconvert's documentation of ClearOutputPreprocessor ("removes the output from all code cells"); ipywidgets'
#     "Embedding Jupyter Widgets" on the state that a notebook's metadata holds.
# coursework: `release` writes the notebook's metadata anew; tests/authoring/test_release.py.
set -euo pipefail
. "$(dirname "$0")/environment"
environment nbgrader==0.9.6 nbconvert==7.17.2 nbclient==0.11.0 nbformat==5.11.1 ipywidgets==8.1.9

mkdir -p source/ps1
python - <<'PY'
import nbformat
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

code = "import ipywidgets\nout = ipywidgets.Output()\nwith out:\n    print('the solution gives', 6 * 7)\nout"
nb = new_notebook(cells=[new_code_cell(code)])
nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
NotebookClient(nb, timeout=60).execute()  # which stores the state of widgets, as saving in Jupyter can
nbformat.write(nb, "source/ps1/ps1.ipynb")
PY
jupyter nbconvert --clear-output --to notebook --output ../../cleared source/ps1/ps1.ipynb >log 2>&1 || { cat log; exit 1; }
nbgrader generate_assignment ps1 >log 2>&1 || { cat log; exit 1; }
python - >output <<'PY'
import json

import nbformat

for path in ("cleared.ipynb", "release/ps1/ps1.ipynb"):
    nb = nbformat.read(path, 4)
    kept = "the solution gives 42" in json.dumps(nb.metadata)
    print(f"{path}: outputs {nb.cells[0].outputs}, what the widget printed is in the metadata: {kept}")
PY
seen <<'SEEN'
cleared.ipynb: outputs [], what the widget printed is in the metadata: True
release/ps1/ps1.ipynb: outputs [], what the widget printed is in the metadata: True
SEEN
