#!/usr/bin/env bash
# nbstripout replaces the ids of cells by 0, 1, 2 …: cells of different notebooks then have the same id
#
# Versions: nbstripout 0.9.1, nbformat 5.11.1.
# Expected: it strips outputs and counts. A cell's id, which names the cell for good since nbformat 4.5, stays.
# Seen: every cell's id becomes its position. After a cell is inserted above, all later ids have moved by one.
# Why it matters: students who keep their work in git often have nbstripout as a filter. What finds cells by id again
#     (nbdime's merge, links to a cell, a grader's repair) then finds the neighbour.
# Source: JEP 62 on cell ids ("unique … persistent"); nbstripout's option --keep-id says that this is not the default.
# coursework: a cell's id counts only where it is one of the release; tests/intake/test_repair.py.
set -euo pipefail
. "$(dirname "$0")/environment"
environment nbstripout==0.9.1 nbformat==5.11.1

python - >output <<'PY'
import subprocess

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

cells = [new_code_cell("model = 1", id="q1-model"), new_code_cell("loss = 2", id="q2-loss")]
inserted = [new_code_cell("import torch", id="own"), *cells]
for name, these in (("as released", cells), ("a cell inserted", inserted)):
    nbformat.write(new_notebook(cells=these), "nb.ipynb")
    subprocess.run(["nbstripout", "nb.ipynb"], check=True)
    print(f"{name}:", [(c.id, c.source) for c in nbformat.read("nb.ipynb", 4).cells])
PY
seen <<'SEEN'
as released: [('0', 'model = 1'), ('1', 'loss = 2')]
a cell inserted: [('0', 'import torch'), ('1', 'model = 1'), ('2', 'loss = 2')]
SEEN
