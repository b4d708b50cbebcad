"""A fork of the warm process is as alone as a sandbox of its own, and starts as fresh."""

import contextlib
import secrets
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from coursework.sandbox import bubblewrap, selftest, tasks, walls, warm, worker
from coursework.sandbox.limits import Limits
from tests.sandbox.test_sandbox import run, said


@pytest.fixture(autouse=True)
def forks():
    if reason := bubblewrap.cold_because():
        pytest.skip(f"no warm process here: {reason}")


@pytest.fixture(params=[True, False], ids=["warm", "cold"])
def way(request):
    with bubblewrap.settings(warm=request.param):
        yield request.param


def of(code: str, **where) -> str:
    printed, _ = bubblewrap.run(code, Limits(total_seconds=60), **where)
    return printed.strip()


RIGHTS = """
import os
about = dict(line.split(":\\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\\t" in line)
print([about[name] for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Groups")])
print(sorted(os.listdir("/proc/self/fd")), os.environ, os.getcwd(), os.getsid(0) > 0, os.uname().nodename)
for what in ("RLIMIT_CORE", "RLIMIT_NPROC", "RLIMIT_FSIZE", "RLIMIT_NOFILE"):
    import resource
    print(what, resource.getrlimit(getattr(resource, what)))
print(sorted(os.listdir("/dev")), sorted(os.listdir(".")))
"""


def test_a_fork_has_the_rights_of_a_sandbox_of_its_own():
    rights, *rest = of(RIGHTS).splitlines()
    with bubblewrap.settings(warm=False):
        cold = of(RIGHTS).splitlines()
    assert rights == str([*["0" * 16] * 5, "1", " "]) and rest == cold[1:] and len(rest) == 6


def test_no_privileged_call_works(way):
    code = (
        "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
        "print([libc.mount(b'x', b'/tmp', b'tmpfs', 0, b''), libc.umount2(b'/proc', 2), libc.setuid(0),\n"
        "       libc.chroot(b'/tmp'), libc.sethostname(b'x', 1), libc.unshare(0x40000000)])\n"
        "try:\n    open('/proc/sys/kernel/hostname', 'w')\nexcept OSError:\n    print('refused')"
    )
    assert of(code) == "[-1, -1, -1, -1, -1, -1]\nrefused"


HIDE = """
import mmap, socket, sys, time
secret = FIRST + SECOND
for place in ("out/note", "/tmp/note", "/dev/shm/note"):
    open(place, "wb").write(secret)
shared = mmap.mmap(-1, 4096)
shared.write(secret)
abstract = socket.socket(socket.AF_UNIX)
abstract.bind(b"\\0secret")
abstract.listen()
local = socket.create_server(("127.0.0.1", 45678))
sys.stdout.flush()
time.sleep(60)
"""
# The two halves of the secret are never side by side in the searcher's own memory.
SEEK = """
import os, socket, stat
found = []
def look(where, content):
    at = content.find(FIRST)
    while at >= 0:
        if content[at + 12 : at + 24] == SECOND:
            found.append(where)
        at = content.find(FIRST, at + 1)
given = ("/proc", "/usr", "/lib", "/lib64", sys.prefix, sys.base_prefix)
for top, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(top, name) not in given]
    for name in files:
        path = os.path.join(top, name)
        try:
            if stat.S_ISREG(os.stat(path).st_mode):
                look(path, open(path, "rb").read(1 << 16))
        except OSError:
            pass
found += [process for process in os.listdir("/proc") if process.isdigit() and process not in (str(os.getpid()), "1")]
for address in (b"\\0secret", ("127.0.0.1", 45678)):
    kind = socket.AF_UNIX if isinstance(address, bytes) else socket.AF_INET
    with socket.socket(kind) as door:
        if door.connect_ex(address) == 0:
            found.append(address)
found += open("/proc/net/unix").read().splitlines()[1:]
for number in range(1024):
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if not target.startswith(("/dev/null", "pipe:")):
        found.append(target)
spans = [line.split() for line in open("/proc/self/maps")]
with open("/proc/self/mem", "rb", buffering=0) as memory:
    for span, access, *_ in spans:
        start, end = (int(number, 16) for number in span.split("-"))
        if access.startswith("rw"):
            memory.seek(start)
            try:
                look(span, memory.read(end - start))
            except OSError:
                pass
for program in ("/proc/self/exe", "/proc/1/exe"):
    try:
        open(program, "r+b")
        found.append(program)
    except OSError:
        pass
print(found)
"""


def test_a_submission_finds_nothing_of_another_nor_of_the_warm_process(tmp_path):
    """Files, sockets, processes, descriptors and memory: while the other one runs, and after it has ended."""
    first, second = secrets.token_bytes(12), secrets.token_bytes(12)
    halves = f"import sys\nFIRST = {first!r}\nSECOND = {second!r}\n"
    (tmp_path / "note").write_bytes(first + second)
    other = threading.Thread(target=lambda: bubblewrap.run(halves + HIDE, Limits(total_seconds=3), handin=tmp_path))
    other.start()
    time.sleep(1)
    assert of(halves + SEEK) == "[]"
    other.join()
    assert of(halves + SEEK) == "[]"
    assert of(halves + SEEK, handin=tmp_path) == "['/home/student/handin/note']"  # it does find what is there


def test_every_fork_draws_anew(way):
    code = (
        "import random, uuid, tempfile, numpy, torch\n"
        "print(random.random(), numpy.random.rand(), torch.rand(1).item(), uuid.uuid4(), tempfile.mktemp())"
    )
    one, other = of(code).split(), of(code).split()
    assert len(one) == 5 and not set(one) & set(other)


def test_two_kernels_have_keys_and_sessions_of_their_own():
    ask = "s = get_ipython().kernel.session\nprint(s.key.hex(), s.session)"
    one, other = (said(run(ask).cells[0]).split() for _ in range(2))
    assert len(one) == 2 and not set(one) & set(other)


def test_threads_work_in_a_fork():
    code = (
        "import torch\nfrom torch.utils.data import DataLoader\ntorch.set_num_threads(4)\n"
        "x = torch.ones(600, 600)\nprint((x @ x).sum().item(), torch.get_num_threads())\n"
        "w = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\nprint(w.grad.tolist())\n"
        "print(sum(len(b) for b in DataLoader(list(range(8)), batch_size=2, num_workers=2)))"
    )
    assert of(code) == "216000000.0 4\n[2.0, 2.0, 2.0]\n8"


def test_figures_are_shown_as_in_a_kernel_of_its_own(way):
    nb = run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "plt.gcf().axes, plt.get_backend()")
    assert ["image/png" in o.get("data", {}) for o in nb.cells[0].outputs] == [True]
    assert said(nb.cells[1]).startswith("([]")  # it was closed when it was shown


def test_every_wall_stands_in_both_ways(way):
    assert [proof for proof in selftest.self_test() if not proof.in_force] == []


def test_a_warm_process_that_ends_is_started_again():
    assert of("print(1)") == "1"
    process = warm.start()
    for one in psutil.Process(process._process.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it ends with the one above it
            one.send_signal(signal.SIGKILL)
    process._process.wait(20)
    assert of("print(2)") == "2" and warm.start() is not process and not process.folder.exists()


def test_a_worker_that_runs_many_notebooks_imports_more_beforehand(monkeypatch):
    monkeypatch.setattr(warm, "_also", ())
    monkeypatch.setattr(warm, "COMPILER", ("wave",))
    seen = "import sys; print('wave' in sys.modules)"
    assert of(seen) == "False"
    worker.warm_up(None)
    assert of(seen) == "True" and warm.start() is warm.start()


def test_a_kernel_whose_warm_process_dies_before_it_forks_has_another_one(monkeypatch):
    """As `run_task` does it; a notebook that has begun is `test_sandbox`'s."""
    killed, prepare = [], bubblewrap.SandboxProvisioner.pre_launch

    async def and_die(self, **kwargs):
        kwargs = await prepare(self, **kwargs)
        if not killed:
            killed.append(bubblewrap._warm_process())
            killed[0]._process.kill()
        return kwargs

    monkeypatch.setattr(bubblewrap.SandboxProvisioner, "pre_launch", and_die)
    nb = new_notebook(cells=[new_code_cell("1 + 1")])
    task = {"notebook": nbformat.writes(nb), "handin": {}, "limits": {"cell_seconds": 20}}
    answer = tasks.run_task(task)
    assert killed and answer["error"] is None
    assert nbformat.reads(answer["notebook"], as_version=4).cells[0].outputs[0].data["text/plain"] == "2"


def test_all_that_was_forked_ends_with_the_host_and_the_next_one_clears_away_its_folder(monkeypatch):
    code = (
        "import os, threading, time\nfrom coursework.sandbox import bubblewrap, warm\n"
        "from coursework.sandbox.limits import Limits\n"
        "threading.Thread(target=bubblewrap.run, args=('import time; time.sleep(77)', Limits()), daemon=True).start()\n"
        "while not warm._running or len(os.listdir(warm._running.folder)) < 3: time.sleep(0.1)\n"
        "time.sleep(1)\nprint(warm._running.folder, flush=True)\nos.kill(os.getpid(), 9)"
    )
    folder = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
    time.sleep(1)
    left = [p.info["cmdline"] for p in psutil.process_iter(["cmdline"]) if folder in " ".join(p.info["cmdline"] or [])]
    assert folder.startswith("/tmp/cwk-") and left == []
    held = walls.host_folder()
    try:
        monkeypatch.setattr(walls, "NEW", 0)
        monkeypatch.setattr(walls, "PREFIX", Path(folder).name)
        walls.clear_leftovers.__wrapped__()
        assert not Path(folder).exists()  # its process is gone
        monkeypatch.setattr(walls, "PREFIX", held.name)
        walls.clear_leftovers.__wrapped__()
        assert held.exists()
    finally:
        walls.remove(held)
    assert not held.exists()


def test_without_a_warm_process_the_cold_way_is_taken_and_said(monkeypatch):
    from coursework.core.course import CourseworkSettings

    def refuse(*_):
        raise warm.CannotFork("the machine forbids it")

    bubblewrap.cold_because.cache_clear()
    monkeypatch.setattr(warm.WarmProcess, "await_ready", refuse)
    try:
        assert "no warm process can fork here (the machine forbids it)" in bubblewrap.in_force(CourseworkSettings())
        assert of("import os; print(len(os.listdir('/proc/self/fd')) > 0)") == "True"
        assert said(run("print('in')").cells[0]) == "in\n"
    finally:
        bubblewrap.cold_because.cache_clear()


def test_descriptors_and_folders_are_given_back():
    run("1")
    before = len(psutil.Process().open_files()), psutil.Process().num_fds(), len(list(warm.start().folder.iterdir()))
    for _ in range(2):
        run("1")
        of("print(1)")
    after = len(psutil.Process().open_files()), psutil.Process().num_fds(), len(list(warm.start().folder.iterdir()))
    assert after == before
