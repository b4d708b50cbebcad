"""Student code cannot leave the sandbox, and a kernel in it behaves like a kernel."""

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from coursework import sandbox
from coursework.execute import KERNEL, SandboxExecute
from coursework.limits import Limits, process_tree
from coursework.selftest import Proof, self_test, start_up

GIB = 2**30


def run(*sources, cwd=None, data=None, timeout=20, about=None, **limits):
    """Run cells in the sandbox, with the metadata `about` by number; the notebook as it came back."""
    cells = [new_code_cell(text, id=f"c{i}", metadata=(about or {}).get(i, {})) for i, text in enumerate(sources)]
    with sandbox.settings(data=data, **limits):
        execute = SandboxExecute(kernel_name=KERNEL, timeout=timeout)
        nb, _ = execute.preprocess(new_notebook(cells=cells), {"metadata": {"path": str(cwd) if cwd else None}})
    nbformat.validate(nb)
    used = execute._provisioner
    assert not used.folder.exists() and not process_tree(used.watcher.pid)  # nothing is left behind
    return nb


def said(cell):
    return "".join(
        o.get("text", "") or o.get("evalue", "") or o.get("data", {}).get("text/plain", "") for o in cell.outputs
    )


def test_every_wall_stands():
    proofs = self_test()
    assert len(proofs) >= 12
    assert [p for p in proofs if not p.in_force] == []


def test_a_kernel_like_any_other(tmp_path, monkeypatch):
    monkeypatch.setenv("MY_SECRET_TOKEN", "hush")
    (tmp_path / "handin").mkdir()
    (tmp_path / "handin" / "weights.txt").write_text("handed in")
    (tmp_path / "other.txt").write_text("not for students")
    (tmp_path / "sets").mkdir()
    nb = run(
        "import os, sys\nprint(6 * 7)",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "print(open('handin/weights.txt').read(), os.path.exists('other.txt'), os.environ['COURSEWORK_DATA'])",
        "print(os.environ.get('MY_SECRET_TOKEN'), os.environ['NBGRADER_EXECUTION'])",
        "input('?')",
        "import coursework",
        f"print(os.path.exists({str(Path(__file__).parents[1])!r} + '/source'))",
        "print('still here')",
        cwd=tmp_path,
        data=tmp_path / "sets",
    )
    texts = [said(c) for c in nb.cells]
    assert texts[0] == "42\n"
    assert any("image/png" in o.get("data", {}) for o in nb.cells[1].outputs)
    assert texts[2] == "handed in False /data\n"
    assert texts[3] == "None autograde\n"
    assert "StdinNotImplementedError" in nb.cells[4].outputs[0].ename
    assert "No module named 'coursework'" in texts[5]
    assert texts[6] == "False\n"
    assert texts[7] == "still here\n"
    assert nb.metadata.coursework_run.stopped is None and nb.metadata.coursework_run.cpu > 0


def test_a_loop_is_interrupted_and_the_rest_goes_on():
    nb = run("while True: pass", "print('next')", timeout=2)
    assert nb.cells[0].outputs[-1].ename in ("CellTimeoutError", "KeyboardInterrupt")
    assert said(nb.cells[1]) == "next\n"
    assert nb.metadata.coursework_run.cells == {"c0": "stopped after 2 s"}


def test_the_courses_own_cells_may_take_longer_on_a_busy_machine():
    given = {"nbgrader": {"locked": True, "grade": False, "solution": False}}
    nb = run("import time\ntime.sleep(4)", "time.sleep(4)", timeout=2, about={0: given})
    assert nb.metadata.coursework_run.cells == {"c1": "stopped after 2 s"}


def test_a_cell_that_ignores_the_interrupt_ends_the_run():
    stubborn = "import time\nwhile True:\n    try:\n        time.sleep(60)\n    except KeyboardInterrupt:\n        pass"
    nb = run("print('earned')", stubborn, "print('never')", timeout=2, total_seconds=30)
    stopped = nb.metadata.coursework_run.stopped
    assert said(nb.cells[0]) == "earned\n" and stopped["cell"] == "c1" and "interrupt was ignored" in stopped["reason"]


@pytest.mark.parametrize(
    "way", ["import os; os._exit(1)", "import os; os.kill(os.getpid(), 9)", "import ctypes; ctypes.string_at(0)"]
)
def test_a_dying_kernel_keeps_what_was_done(way):
    nb = run("print('earned')", way, "print('never')")
    assert said(nb.cells[0]) == "earned\n" and nb.cells[2].outputs == []
    assert nb.metadata.coursework_run.stopped == {"cell": "c1", "reason": "the kernel died"}


def test_memory_and_output_are_bounded():
    hog = "import os, time\nfor _ in range(2): os.fork()\nhoard = [bytearray(b'x' * 2**20) for _ in range(200)]\ntime.sleep(20)"  # noqa: E501
    nb = run(hog, memory_bytes=GIB // 2)
    assert "more than 0.5 GiB of memory" in nb.metadata.coursework_run.stopped["reason"]
    nb = run("while True: print('x' * 1000)", "print('next')", timeout=15)
    assert said(nb.cells[1]) == "next\n" and "MiB of output" in nb.metadata.coursework_run.cells["c0"]
    assert len(str(nb.cells[0].outputs)) < 6 * 2**20


def test_one_greedy_allocation_is_a_memory_error_and_no_death():
    nb = run("x = bytearray(8 * 2**30)", "print('next')")
    assert nb.cells[0].outputs[0].ename == "MemoryError" and said(nb.cells[1]) == "next\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has one uid")
def test_no_two_sandboxes_share_a_uid():
    uids = {sandbox.run("import os; print(os.getuid())", Limits())[0].strip() for _ in range(3)}
    assert len(uids) == 3 and all(int(uid) >= sandbox.FIRST_UID for uid in uids)


def test_a_wall_that_is_down_stops_the_grading(monkeypatch):
    walls = [Proof("not root", True, "True"), Proof("no network", False, "done")]
    monkeypatch.setattr("coursework.selftest.self_test", lambda: walls)
    with pytest.raises(sandbox.SandboxUnavailable, match="no network: done"):
        start_up()


def test_no_sandbox_no_grading(monkeypatch):
    sandbox.require_sandbox.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(sandbox.SandboxUnavailable, match="apt-get install bubblewrap"):
        sandbox.require_sandbox()
    sandbox.require_sandbox.cache_clear()
