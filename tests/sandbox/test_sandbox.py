"""Student code cannot leave the sandbox, and a kernel in it behaves like a kernel."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from coursework.sandbox import bubblewrap, execute, fenced, limits, messages, own_cells, selftest, tasks, walls
from coursework.sandbox.execute import KERNEL, SandboxExecute
from coursework.sandbox.limits import Limits, process_tree
from coursework.sandbox.selftest import Proof, self_test, start_up
from tests.support.course import answered, submit

GIB = 2**30
ANSWER = {"nbgrader": {"grade_id": "q1-1-x", "solution": True, "grade": False, "locked": False}}


def run(*sources, cwd=None, data=None, timeout=20, about=None, **limits):
    """Run cells in the sandbox, with the metadata `about` by number; the notebook as it came back."""
    cells = [
        new_code_cell(text, id=f"c{i}", metadata=(about or {}).get(i, ANSWER | {})) for i, text in enumerate(sources)
    ]
    with bubblewrap.settings(data=data, **limits):
        execute = SandboxExecute(kernel_name=KERNEL, timeout=timeout)
        nb, _ = execute.preprocess(new_notebook(cells=cells), {"metadata": {"path": str(cwd) if cwd else None}})
    nbformat.validate(nb)
    used = execute._provisioner
    until = time.monotonic() + 5  # its parent collects an ended process when the machine gets to it
    while process_tree(used.watcher.pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not used.folder.exists() and not process_tree(used.watcher.pid)  # nothing is left behind
    return nb


def said(cell):
    return "".join(
        o.get("text", "") or o.get("evalue", "") or o.get("data", {}).get("text/plain", "") for o in cell.outputs
    )


def test_every_wall_holds():
    proofs = self_test()
    assert len(proofs) >= 12
    assert [p for p in proofs if not p.in_force] == []
    names = {"shared memory", "files and memory together", "size of all files", "nothing else writable"}
    assert names <= {p.name for p in proofs}


def test_an_error_without_a_message_is_one_line(monkeypatch):
    def silent(*_):
        raise TimeoutError

    monkeypatch.setattr(tasks, "_run", silent)
    assert tasks.run_task({"notebook": "{}", "handin": {}, "limits": {}})["error"] == "it took too long"


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
        f"print(os.path.exists({str(Path(__file__).parents[2])!r} + '/source'))",
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


def test_what_a_magic_measures_is_code_of_its_cell():
    """What counts a loop's steps looks at cells' code; under %%time it would be `<timed exec>`'s."""
    tops = ("", "%%time\n", "%%prun -l 1\n", "%%capture\n%%time\n")
    answers = [f"{top}def f{i}():\n    pass" for i, top in enumerate(tops)]
    nb = run(*answers, "print(['ipykernel' in f.__code__.co_filename for f in (f0, f1, f2, f3)])")
    assert said(nb.cells[-1]).strip() == "[True, True, True, True]"
    assert [cell.source for cell in nb.cells[:-1]] == answers  # the record shows them as they are


def test_a_loop_is_interrupted_and_the_rest_goes_on():
    nb = run("while True: pass", "print('next')", timeout=2)
    assert nb.cells[0].outputs[-1].ename in ("CellTimeoutError", "KeyboardInterrupt")
    assert said(nb.cells[1]) == "next\n"
    assert nb.metadata.coursework_run.cells == {"c0": "stopped after 2 s"}


def test_a_visible_part_that_never_ends_does_not_keep_the_hidden_one_from_running():
    hidden = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
    ends = "while True: pass\n" + hidden.format("print('probed')")
    never = "while True: pass\n" + hidden.format("while True: pass")
    nb = run(ends, never, "print('next')", timeout=4)
    assert "probed" in said(nb.cells[0]) and said(nb.cells[2]) == "next\n"
    assert nb.metadata.coursework_run.cells == {"c0": "stopped after 4 s", "c1": "stopped after 4 s"}


def test_the_courses_own_cells_may_take_longer_on_a_busy_machine():
    given = {"nbgrader": {"locked": True, "grade": False, "solution": False}}
    nb = run("import time\ntime.sleep(4)", "time.sleep(4)", timeout=2, about={0: given})
    assert nb.metadata.coursework_run.cells == {"c1": "stopped after 2 s"}


@pytest.mark.parametrize(("share", "least"), [(0.5, 5.8), (1.0, 17)])
def test_time_without_a_core_is_not_counted_up_to_a_limit(monkeypatch, share, least):
    monkeypatch.setattr(limits.Watcher, "waited", property(lambda self: share * time.monotonic()))
    nb = run("while True: pass", "print('next')", timeout=3)
    assert nb.metadata.coursework_run.cells == {"c0": "stopped after 3 s"} and said(nb.cells[1]) == "next\n"
    assert nb.metadata.coursework_run.slowest > least  # seconds


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="this machine does not say")
def test_two_processes_on_one_core_wait_for_each_other():
    one = "import os, time; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); time.sleep(60)"
    loop = one.replace("time.sleep(60)", "exec('while True: pass')")
    waited = []
    for code in (one, loop):
        pair = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(2)]
        time.sleep(2)
        waited.append(max(limits._without_core(process.pid) for process in pair))
        for process in pair:
            process.kill()
            process.wait()
    assert waited[1] > 0.5 and waited[1] > 2 * waited[0]
    assert limits._without_core(pair[0].pid) == 0  # it has ended


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


@pytest.mark.parametrize("who", ["kernel", "warm process"])
def test_a_kernel_that_somebody_else_kills_costs_nobody_points(monkeypatch, who):
    """The machine was short of memory, say: the notebook runs once more, and all of it."""
    killed, began = [], SandboxExecute.on_cell_start

    def kill(self, cell, cell_index):
        began(self, cell, cell_index)
        if cell.id == "c1" and not killed:
            victim = self.km.provisioner.pid if who == "kernel" else bubblewrap._warm_process()._process.pid
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    monkeypatch.setattr(SandboxExecute, "on_cell_start", kill)
    nb = run("x = 1", "import time\ntime.sleep(0.5)\nx + 1", "x + 2", about={1: {}})
    assert killed and [said(cell) for cell in nb.cells] == ["", "2", "3"]
    assert nb.metadata.coursework_run.stopped is None and not nb.metadata.coursework_run.left_out


@pytest.mark.parametrize(
    ("way", "left"), [("import os; os.kill(os.getpid(), 9)", "died"), ("exit()", "died"), ("while True: pass", "")]
)
def test_a_cell_of_the_students_own_that_ends_python_is_left_out(way, left):
    nb = run("print('earned')", way, "import time\ntime.sleep(2)\nprint('and this')", about={1: {}}, timeout=5)
    assert said(nb.cells[0]) == "earned\n" and said(nb.cells[2]) == "and this\n" and nb.cells[1].source == way
    assert nb.metadata.coursework_run.stopped is None
    assert [*nb.metadata.coursework_run.left_out] == (["c1"] if left else [])
    assert left in "".join(nb.metadata.coursework_run.left_out.values())


def test_what_a_hidden_test_names_is_gone_after_it():
    test = {"nbgrader": {"grade_id": "t", "solution": False, "grade": True, "locked": True, "points": 1}}
    hidden = "\n### BEGIN HIDDEN TESTS\nfrom math import pi as x\nother = shared = 1\n"
    after = "print(x, said, other if 'other' in globals() else 'none', shared, 'names' in globals())"
    nb = run(
        "x = 'mine'\nshared = 'mine'",
        "said = 'visible'" + hidden + "1 / 0\n### END HIDDEN TESTS",
        after,
        "handed_on = 2\nlooks = handed_on\n### BEGIN HIDDEN TESTS\nx = 3\n### END HIDDEN TESTS",
        after,
        "### BEGIN HIDDEN TESTS\nx, given = 4, lambda: x\n### END HIDDEN TESTS",
        "### BEGIN HIDDEN TESTS\nprint(given())\n### END HIDDEN TESTS",
        about={n: test for n in (1, 3, 5, 6)},
    )
    assert [said(nb.cells[n]) for n in (2, 4)] == ["mine visible none mine False\n"] * 2
    assert "ZeroDivisionError" in str(nb.cells[1].outputs)
    assert said(nb.cells[6]) == "4\n"  # what one hidden test hands to another is there, with what it needs


def test_a_right_function_that_a_hidden_test_puts_in_the_place_of_a_wrong_one_stays():
    """As hw2's 2.1 does, so that a mistake in it costs once: the answers below build on it."""
    source = "assert callable(lambda: softt(1))\n### BEGIN HIDDEN TESTS\nright = softt = abs\n### END HIDDEN TESTS"
    test = {"grade_id": "t", "solution": False, "grade": True, "locked": True, "points": 1}
    cells = [new_code_cell(source, id="t", metadata={"nbgrader": test}), new_code_cell("softt(2)", id="below")]
    assert fenced.own_names(new_notebook(cells=cells)) == {"t": ("right",)}


def test_a_cell_that_asks_python_to_end_is_named():
    own = ["import sys\nsys.exit()", "from os import _exit", "raise SystemExit(1)", "restart = 'exit()'  # quit()"]
    own += ["x.runtime.unassign()", "pool.shutdown()\nlogger.restart()\nprocess.kill()"]
    cells = [new_code_cell(text, id=f"c{n}") for n, text in enumerate(own)]
    cells[2].outputs = [new_output("error", ename="SystemExit", evalue="1", traceback=[])]
    answer = new_code_cell("quit()", id="a", metadata=ANSWER | {})
    found = own_cells.endings(new_notebook(cells=[*cells, answer]))
    assert found == {"c0": "sys.exit()", "c2": "SystemExit", "c4": "x.runtime.unassign()"}
    assert run("import sys\nsys.exit()", "print(1)", about={0: {}}).metadata.coursework_run.endings == {
        "c0": "sys.exit()"
    }


def test_what_own_cells_overwrite_is_put_back_in_a_second_run():
    test = {"nbgrader": {"grade_id": "q1-1-x--y", "solution": False, "grade": True, "locked": True, "points": 1}}
    nb = run("len = 3", "def f(x):\n    return x", "f = 4", "print(f)", about={0: {}, 2: {}, 3: test})
    assert nb.metadata.coursework_run.overwritten == {"c2": ["f"]}  # no answer looks `len` up
    assert said(nb.cells[3]) == "4\n" and list(nb.metadata.coursework_run.again) == ["c3"]


@pytest.mark.parametrize(
    "way", ["%reset -f", "%xdel f", "del f", "globals().pop('f')", "del globals()['f']", "%who\n%reset -f"]
)
def test_what_own_cells_delete_is_there_in_a_second_run(way):
    test = {"nbgrader": {"grade_id": "q1-1-x--y", "solution": False, "grade": True, "locked": True, "points": 1}}
    nb = run("def f(x):\n    return x", way, "print(f(3))", about={1: {}, 2: test})
    assert nb.metadata.coursework_run.overwritten == {"c1": ["f"]} and "NameError" in str(nb.cells[2].outputs)
    assert "3" in str(nb.metadata.coursework_run.again["c2"])


def test_nothing_takes_back_what_a_cell_has_shown():
    late = "from IPython.display import clear_output, display\nprint('kept')\nh = display('x', display_id=True)\n"
    nb = run(late + "h.update('y')\nclear_output()\nclear_output(wait=True)\nprint('next')")
    assert said(nb.cells[0]) == "kept\n'x'next\n"


def test_memory_and_output_are_bounded():
    hog = "import os, time\nfor _ in range(2): os.fork()\nhoard = [bytearray(b'x' * 2**20) for _ in range(200)]\ntime.sleep(20)"  # noqa: E501
    nb = run(hog, memory_bytes=GIB // 2)
    assert "more than 0.5 GiB of memory" in nb.metadata.coursework_run.stopped["reason"]
    nb = run("while True: print('x' * 1000)", "print('next')", timeout=15)
    assert said(nb.cells[1]) == "next\n" and "MiB of output" in nb.metadata.coursework_run.cells["c0"]
    assert len(str(nb.cells[0].outputs)) < 6 * 2**20


HOLD = "import mmap, os, time\n{0}\nfor _ in range(400): {1}\ntime.sleep(20)\nprint('alive')"


@pytest.mark.parametrize(
    "code",
    [
        HOLD.format("m = mmap.mmap(-1, 400 * 2**20)", "m.write(b'x' * 2**20)"),  # shared with nobody, yet shared
        HOLD.format("m = os.memfd_create('x')", "os.write(m, b'x' * 2**20)"),  # a file without a name or a mapping
        HOLD.format("m = [open(p + '/x', 'wb') for p in ('out', '/tmp')]", "m[_ > 200].write(b'x' * 2**20)"),
    ],
    ids=["shared", "nameless file", "files"],
)
def test_memory_is_counted_in_whatever_form_it_is_held(code):
    printed, watcher = bubblewrap.run(code, Limits(memory_bytes=GIB // 4, total_seconds=120))
    # The file system may be full before the watcher looks: that bounds it, too.
    assert "GiB of memory" in (watcher.limit_hit or "") or "No space left" in printed
    assert "alive" not in printed


@pytest.fixture(scope="module")
def namespaces():
    """Skips where the sandbox lets nobody have a file system of their own: then there is nothing to count."""
    mount = ["unshare", "-Urm", "mount", "-t", "tmpfs", "x", "/tmp"]
    ask = f"import subprocess\nprint(subprocess.run({mount!r}).returncode)"
    if bubblewrap.run(ask, Limits(total_seconds=20))[0].split()[-1:] != ["0"]:
        pytest.skip("the kernel allows no namespace of one's own in the sandbox")


def test_a_file_system_of_ones_own_counts_as_memory(namespaces):
    fill = "mount -t tmpfs x /tmp && head -c 400000000 /dev/zero > /tmp/x; sleep 20"
    code = f"import subprocess\nprint(subprocess.run(['unshare', '-Urm', 'sh', '-c', {fill!r}]).returncode)"
    printed, watcher = bubblewrap.run(code, Limits(memory_bytes=GIB // 4, total_seconds=120))
    assert "GiB of memory" in (watcher.limit_hit or ""), printed


def test_what_forked_processes_share_counts_once():
    code = (
        "import os, time\nhoard = b'x' * (150 * 2**20)\nfor _ in range(2): os.fork()\ntime.sleep(1)\n"
        "try:\n    while True: os.wait()\nexcept ChildProcessError: print('alive')"
    )
    printed, watcher = bubblewrap.run(code, Limits(memory_bytes=GIB // 4, total_seconds=120))
    assert printed.count("alive") == 4 and watcher.limit_hit is None


def test_files_are_bounded_in_all_places_together():
    code = (
        "import os\ntotal = 0\n"
        "for place in ('out', '/tmp', '/dev/shm'):\n"
        "    with open(place + '/x', 'wb', buffering=0) as file:\n"
        "        try:\n            while True: total += file.write(b'x' * 2**20)\n"
        "        except OSError: pass\n"
        "print(total)"
    )
    printed, _ = bubblewrap.run(code, Limits(total_seconds=120, scratch_bytes=64 * 2**20))
    assert 48 * 2**20 <= int(printed) <= 64 * 2**20


SEND = """kernel = get_ipython().kernel
def send(kind, content):
    parent = kernel.get_parent("shell")
    kernel.session.send(kernel.iopub_socket, kind, content=content, parent=parent, ident=kind.encode())
"""


@pytest.mark.parametrize(
    "message",
    [
        "send('error', {'nope': 1})",
        "send('error', {'ename': 5, 'evalue': None, 'traceback': 3})",
        "send('stream', {})",
        "send('status', {})",
        "send('update_display_data', {'transient': 3})",
        "d = 0\nfor _ in range(200): d = [d]\nsend('display_data', {'data': {'a/b': d}, 'metadata': {}})",
        "send('display_data', 'x')",
        "kernel.iopub_socket.send_multipart([b'x', b'<IDS|MSG>', b'1', b'{}', b'{}', b'{}', b'{}'])",
        "kernel.iopub_socket.send_multipart([b'x', b'{}'])",
    ],
)
def test_messages_that_a_student_made_up_are_no_fault_of_ours(message):
    nb = run(SEND + "print('earned')", message, "print('next')", timeout=60)
    assert [said(cell) for cell in nb.cells] == ["earned\n", "", "next\n"]


@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "made_up"])
def test_what_is_no_output_counts_as_output(kind):
    content = {"comm_id": "c", "target_name": "t", "data": {"state": {"x": "x" * 1000}}}
    nb = run(SEND + f"while True: send({kind!r}, {content})", "print('next')", timeout=60)
    assert "MiB of output" in nb.metadata.coursework_run.cells["c0"]
    assert said(nb.cells[1]) == "next\n" and "widgets" not in nb.metadata


def test_a_message_that_is_too_large_is_not_taken(monkeypatch):
    monkeypatch.setattr(messages, "LARGEST", 2**20)
    send = "send('stream', {'name': 'stdout', 'text': 'x' * 2 * 2**20})"
    nb = run(SEND + "print('earned')", send, "import time\ntime.sleep(1)", timeout=60)
    assert said(nb.cells[0]) == "earned\n" and not nb.cells[1].outputs


IN_THE_SOCKETS = "import os\nos.chdir(os.path.dirname(get_ipython().kernel.session.parent.connection_file))\n"


@pytest.mark.parametrize(
    "code",
    [
        "os.mkdir('x')\nos.chdir('x')\nopen('y', 'wb').write(b'y' * 20 * 2**20)",
        "for i in range(60): open(str(i), 'w').close()",
        "for _ in range(3000):\n    os.mkdir('x')\n    os.chdir('x')",
    ],
    ids=["a folder", "many files", "a deep folder"],
)
def test_the_folder_of_the_sockets_is_for_sockets(code):
    nb = run("print('earned')", IN_THE_SOCKETS + code + "\nimport time\ntime.sleep(20)")  # `run` sees it removed
    assert said(nb.cells[0]) == "earned\n"
    assert "the folder of its own sockets" in nb.metadata.coursework_run.stopped["reason"]


def test_a_cell_that_does_not_run_may_hold_anything():
    """An edited copy of a test cell, which lies in a raw cell at the end, had ended the run."""
    text = "1\n### BEGIN HIDDEN TESTS\n2"
    nb = new_notebook(cells=[new_raw_cell(text), new_markdown_cell(text), new_code_cell("print('next')", id="c")])
    nb = SandboxExecute(kernel_name=KERNEL, timeout=20).preprocess(nb, {"metadata": {}})[0]
    assert said(nb.cells[2]) == "next\n" and nb.metadata.coursework_run.stopped is None


def test_a_fault_of_ours_is_not_called_the_kernels(monkeypatch):
    monkeypatch.setattr(execute.fenced, "HIDDEN", None)
    task = {"notebook": nbformat.writes(new_notebook(cells=[new_code_cell("1", id="c")])), "handin": {}}
    found = tasks.run_task(task | {"limits": {"cell_seconds": 20}})
    assert "'NoneType' object has no attribute 'split'" in found["error"]


def test_a_kernel_that_does_not_start_is_started_once_more(monkeypatch):
    ready, tries = messages.NarrowClient._async_wait_for_ready, []

    async def busy(self, timeout=None):
        tries.append(1)
        if len(tries) in fail:
            raise RuntimeError("Kernel died before replying to kernel_info")
        await ready(self, timeout)

    monkeypatch.setattr(messages.NarrowClient, "wait_for_ready", busy)
    task = {"notebook": nbformat.writes(new_notebook(cells=[new_code_cell("1", id="c")])), "handin": {}}
    task["limits"] = {"cell_seconds": 20}
    fail = {1}
    found = tasks.run_task(task)
    assert not found["error"] and nbformat.reads(found["notebook"], 4).cells[0].outputs and len(tries) == 2
    fail = {3, 4}
    assert "died before replying" in tasks.run_task(task)["error"] and len(tries) == 4


def test_a_deep_or_locked_folder_is_removed(tmp_path):
    top = tmp_path / "top"
    code = "import os, sys\nfor _ in range(3000):\n    os.mkdir('x')\n    os.chdir('x')\nos.chmod('.', 0)"
    top.mkdir()
    subprocess.run([sys.executable, "-c", code], cwd=top, check=True)
    walls.remove(top)
    assert not top.exists()


def test_a_reply_that_a_student_made_up_ends_the_run_and_no_more():
    reply = (
        "who = {'parent': kernel.get_parent('shell'), 'ident': kernel._shell_parent_ident.get()}\n"
        "kernel.session.send(kernel.shell_stream, 'execute_reply', content={}, **who)"
    )
    nb = run(SEND + "print('earned')", reply, "print('next')", timeout=60)
    assert said(nb.cells[0]) == "earned\n"
    assert "not a Jupyter message" in nb.metadata.coursework_run.stopped["reason"]


def test_one_greedy_allocation_is_a_memory_error_and_no_death():
    nb = run("x = bytearray(8 * 2**30)", "print('next')")
    assert nb.cells[0].outputs[0].ename == "MemoryError" and said(nb.cells[1]) == "next\n"


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user has one uid")
def test_no_two_sandboxes_share_a_uid():
    uids = {bubblewrap.run("import os; print(os.getuid())", Limits())[0].strip() for _ in range(3)}
    assert len(uids) == 3 and all(int(uid) >= walls.FIRST_UID for uid in uids)


def test_a_wall_that_is_down_stops_the_grading(monkeypatch):
    walls = [Proof("not root", True, "True"), Proof("no network", False, "done")]
    monkeypatch.setattr("coursework.sandbox.selftest.self_test", lambda root: walls)
    start_up.cache_clear()
    with pytest.raises(bubblewrap.SandboxUnavailable, match="no network: done"):
        start_up()


@pytest.mark.parametrize(
    "command",
    [
        "coursework.cli.main autograde hw0-tiny --force",
        "coursework.cli.main regrade hw0-tiny q1-1-double --yes",
        "coursework.cli.main prove hw0-tiny",
        "nbgrader autograde hw0-tiny --force",
    ],
)
def test_without_a_sandbox_a_command_is_one_line_and_removes_nothing(proven, command):
    submit(proven, "ann", answered(proven))
    kept = proven.autograded("ann", "hw0-tiny") / "verdict.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    environment = os.environ | {"PATH": "/nonexistent"}
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=proven.root, env=environment, capture_output=True, text=True
    )
    lines = [line for line in done.stderr.splitlines() if "INFO" not in line]
    assert done.returncode == 1 and len(lines) == 1 and "apt-get install bubblewrap" in lines[0]
    assert kept.read_text() == "{}" and "✓" not in done.stdout


def test_no_sandbox_no_grading(monkeypatch):
    bubblewrap.require_sandbox.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(bubblewrap.SandboxUnavailable, match="apt-get install bubblewrap"):
        bubblewrap.require_sandbox()
    bubblewrap.require_sandbox.cache_clear()


def test_a_process_may_call_itself_anything_and_is_watched():
    code = "open('/proc/self/comm', 'wb').write(bytes([255, 254, 10, 40, 41]))\nimport time\ntime.sleep(30)"
    _, watcher = bubblewrap.run(code, Limits(total_seconds=2))
    assert "longer than 2 s" in (watcher.limit_hit or "")


def test_a_fault_in_the_watcher_ends_what_it_watches(monkeypatch):
    def fault(*_):
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "x")

    monkeypatch.setattr("coursework.sandbox.limits._memory", fault)
    printed, watcher = bubblewrap.run("import time\ntime.sleep(30)\nprint('alive')", Limits(total_seconds=60))
    assert "could not be watched" in (watcher.limit_hit or "") and "alive" not in printed


def test_a_descriptor_that_closes_meanwhile_hides_no_other(monkeypatch):
    held = os.memfd_create("x")
    os.write(held, bytes(2**20))
    others = [os.memfd_create("y") for _ in range(3)]
    real, closed = os.readlink, []

    def closing(path, *args):
        if not closed:
            closed.append(os.close(others[0]))
            raise FileNotFoundError
        return real(path, *args)

    monkeypatch.setattr(os, "readlink", closing)
    assert sum(limits._nameless(os.getpid()).values()) >= 2**20
    for one in (held, *others[1:]):
        os.close(one)


def test_a_file_system_that_another_hides_cannot_be_used_to_hide_memory(namespaces):
    fill = "mount -t tmpfs x /tmp && head -c 100000 /dev/zero > /tmp/x && mount -t tmpfs y /tmp && sleep 20"
    code = f"import subprocess\nprint(subprocess.run(['unshare', '-Urm', 'sh', '-c', {fill!r}]).returncode)"
    printed, watcher = bubblewrap.run(code, Limits(total_seconds=120))
    assert "GiB of memory" in (watcher.limit_hit or ""), printed


def test_a_cell_to_skip_does_not_run():
    cells = [new_code_cell(text, id=f"c{i}") for i, text in enumerate(["x = 1", "x = 2\nprint(x)", "print(x)"])]
    task = {"notebook": nbformat.writes(new_notebook(cells=cells)), "handin": {}, "limits": {"cell_seconds": 60}}
    found = nbformat.reads(tasks.run_task(task | {"skip": ["c1"]})["notebook"], 4)
    assert [said(cell) for cell in found.cells] == ["", "", "1\n"] and found.cells[1].source == "x = 2\nprint(x)"


@pytest.mark.parametrize("count", ["'many'", "-1", "1.5", "True", "[1]", "None"])
def test_whatever_a_process_sends_the_notebook_is_valid(count):
    """Its author had not been graded for a fault on our side, at every run again."""
    nb = new_notebook(cells=[new_code_cell("1", id="c0"), new_code_cell("2", id="c1")])
    value = eval(count)
    nb.cells[0].execution_count = value
    nb.cells[0].outputs = [
        nbformat.from_dict({"output_type": "execute_result", "execution_count": value, "data": {}, "metadata": {}}),
        nbformat.from_dict({"output_type": "stream", "name": "stdout", "text": "kept"}),
        nbformat.from_dict({"output_type": "display_data", "data": 3, "metadata": {}}),
        nbformat.from_dict({"output_type": "made up"}),
    ]
    messages.keep_sound(nb)
    nbformat.validate(nb)
    assert [o.output_type for o in nb.cells[0].outputs] == ["execute_result", "stream"]
    assert nb.cells[0].execution_count is None and nb.cells[0].outputs[0].execution_count is None


def test_a_course_that_the_sandbox_shows_is_not_graded(tmp_path):
    """The course folder may be where everybody's files are: then it would be in every submission's reach."""
    (tmp_path / "gradebook.db").write_text("grades")
    assert selftest.hidden(tmp_path).in_force
    seen = selftest.hidden(Path(sys.base_prefix).resolve() / "lib")
    assert not seen.in_force and "python" in seen.detail


def test_ctrl_c_is_not_taken_for_the_death_of_a_kernel():
    """nbclient would end the kernel, and the student would be graded for what came before."""
    taken = []
    before = signal.signal(signal.SIGINT, lambda *_: taken.append(1))
    try:
        timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        nb = run("import time\ntime.sleep(3)", "print('on')")
        assert taken == [1] and said(nb.cells[1]).strip() == "on" and nb.metadata[execute.RUN_KEY].stopped is None
    finally:
        signal.signal(signal.SIGINT, before)
