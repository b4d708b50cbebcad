#!/usr/bin/env bash
# A notebook that marimo converts can print other numbers: a name that two cells assign becomes two names
#
# Versions: marimo 0.25.2.
# Expected: marimo allows one definition of a name. So its converter refuses such a notebook, or warns; what it does
#     convert computes what the notebook computed.
# Seen: no word. The second `scale = …` becomes `scale_1`, and a function of an earlier cell keeps the first: in
#     Jupyter the loss is 20.0, in the converted program 2.0. Points and ids in the cells' metadata are gone as well.
# Why it matters: `lr`, `model` and `loss` are assigned again in every training notebook; a student who converts has
#     another program, and a grader who converts grades one.
# Source: marimo's guide on coming from Jupyter: a global name is defined by one cell, and `marimo convert` makes a
#     marimo notebook of a Jupyter notebook.
set -euo pipefail
. "$(dirname "$0")/environment"
environment marimo==0.25.2 nbformat==5.11.1

python - <<'PY'
import nbformat
from nbformat.v4 import new_code_cell, new_notebook

code = ["scale = 1.0", "def loss(error):\n    return scale * error", "scale = 10.0", "print('loss', loss(2))"]
meta = {"nbgrader": {"grade_id": "q1", "points": 2}}
nbformat.write(new_notebook(cells=[new_code_cell(c, metadata=meta) for c in code]), "nb.ipynb")
PY
{
    echo -n "the cells in their order: "
    python -c 'import nbformat; exec("\n".join(c.source for c in nbformat.read("nb.ipynb", 4).cells))'
    marimo -q convert nb.ipynb -o converted.py
    echo -n "converted by marimo: "
    python converted.py
    echo "assignments: $(grep -o 'scale[_0-9]* = .*' converted.py | paste -sd ';')"
    echo "lines with the metadata: $(grep -c nbgrader converted.py || true)"
} >output
seen <<'SEEN'
the cells in their order: loss 20.0
converted by marimo: loss 2.0
assignments: scale = 1.0;scale_1 = 10.0
lines with the metadata: 0
SEEN
