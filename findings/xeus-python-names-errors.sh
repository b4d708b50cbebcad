#!/usr/bin/env bash
# In xeus-python the name of an error is "<class 'ValueError'>", and a thread's print is in no cell
#
# Versions: xeus-python 0.19.0, nbclient 0.11.0 (and ipykernel 7.4.0 beside it).
# Expected: a notebook that ran under xeus-python, the kernel of JupyterLite's second Python, saves the same outputs
#     as one that ran under ipykernel.
# Seen: `ename` of an error output is the class's repr, so a cell's own rule for it fails: nbclient's
#     `allow_error_names` stops at a ValueError that it was told to allow. Each print leaves two outputs, the text and
#     the newline. What a thread prints after its cell is in no cell of what nbclient saves; under ipykernel it is in
#     the next one.
# Why it matters: graders and converters tell errors apart by `ename`, and compare or count outputs.
# Source: Jupyter's messaging protocol: `ename` is the exception's name, as a string; nbclient's documentation of
#     allow_error_names.
# coursework: reads answers, not their errors, from submissions, and runs them under ipykernel.
set -euo pipefail
. "$(dirname "$0")/environment"
environment xeus-python==0.19.0 ipykernel==7.4.0 nbclient==0.11.0 nbformat==5.11.1

venv=$(dirname "$(dirname "$(command -v python)")")
export JUPYTER_PATH=$venv/share/jupyter
python - 2>log >output <<'PY' || { cat log; exit 1; }
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_notebook

LATE = "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.3), print('late'))).start()"
CELLS = ["print('one')\nprint('two')", LATE, "time.sleep(1)", "raise ValueError('bad')"]

for kernel in ("python3", "xpython"):
    nb = new_notebook(cells=[new_code_cell(c) for c in CELLS])
    client = NotebookClient(nb, timeout=60, kernel_name=kernel, allow_error_names=["ValueError"])
    try:
        client.execute()
        stopped = "no"
    except CellExecutionError:
        stopped = "yes"
    one, _, wait, bad = nb.cells
    print(kernel)
    print("  two prints:", [o.text for o in one.outputs])
    print("  the thread's print is in the next cell:", any("late" in o.get("text", "") for o in wait.outputs))
    print("  ename:", bad.outputs[-1].ename, "- stopped by an error that is allowed:", stopped)
PY
seen <<'SEEN'
python3
  two prints: ['one\ntwo\n']
  the thread's print is in the next cell: True
  ename: ValueError - stopped by an error that is allowed: no
xpython
  two prints: ['one', '\n', 'two', '\n']
  the thread's print is in the next cell: False
  ename: <class 'ValueError'> - stopped by an error that is allowed: yes
SEEN
