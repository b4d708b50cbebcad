"""Show that every wall of the sandbox holds on this machine: each is run into once."""

import functools
import os
import socket
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from coursework.core.text import counted
from coursework.sandbox import remembered
from coursework.sandbox.bubblewrap import SandboxUnavailable, require_sandbox, run
from coursework.sandbox.limits import GIB, Limits

SHORT = Limits(total_seconds=20)
NAMELESS = "open('/proc/self/comm', 'wb').write(bytes([255, 254, 10, 40, 41]))\nwhile True: pass"  # not UTF-8
AT_ONCE = 4  # walls that are run into at the same time; together they stay within 2 GiB
OTHERS = ("/", "/dev", "/etc", "/home", "/opt", "/usr", "/var")  # places outside the scratch folders


@dataclass(frozen=True)
class Proof:
    """One wall: whether it held, and what was seen."""

    name: str
    in_force: bool
    detail: str


def _says(name: str, code: str, wanted: str, limits: Limits = SHORT, **where: Path) -> Proof:
    """`code` must print `wanted` (it prints what it managed to do otherwise)."""
    printed, _ = run(code, limits, **where)
    last = (printed.strip().splitlines() or ["nothing printed"])[-1][:100]
    return Proof(name, last == wanted, last)


def _is_killed(name: str, code: str, limits: Limits, because: str) -> Proof:
    """The watcher must kill `code`, saying `because`."""
    _, watcher = run(code, limits)
    return Proof(name, because in (watcher.limit_hit or ""), watcher.limit_hit or "it ran to its end")


def _attempt(what: str) -> str:
    return f"try:\n    {what}\n    print('done')\nexcept Exception as e:\n    print('refused')"


def hidden(root: Path) -> Proof:
    """Nothing of the course folder `root` can be seen, but what leads to the Python environment if that is in it."""
    environment = [Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_prefix).resolve()]
    inside = {path.relative_to(root).parts[:1] for path in environment if path.is_relative_to(root)}
    names = [path.name for path in sorted(root.iterdir()) if (path.name,) not in inside]
    look = f"import os; print([n for n in {names!r} if os.path.lexists(os.path.join({str(root)!r}, n))])"
    return _says("this course out of reach", look, "[]")


def self_test(root: Path | None = None) -> list[Proof]:
    """Run into every wall, some seconds in all; `root` is the course that is to be graded.

    Raises SandboxUnavailable when no sandbox starts at all.
    """
    require_sandbox()
    with tempfile.TemporaryDirectory() as temporary, socket.create_server(("127.0.0.1", 0)) as server:
        secret = Path(temporary, "gradebook.db")
        secret.write_text("grades")
        handin = Path(temporary, "handin")
        handin.mkdir()
        (handin / "weights").write_text("w")
        port = server.getsockname()[1]
        small = Limits(total_seconds=20, memory_bytes=GIB // 4)
        # RLIMIT_DATA stops one process; several together are the watcher's business.
        eater = (
            "import os, time\n"
            "for _ in range(4):\n    os.fork() if _ < 2 else None\n"
            "hoard = [bytearray(b'x' * 2**20) for _ in range(120)]\ntime.sleep(15)"
        )
        sharer = (
            "import mmap, time\n"
            "shared = mmap.mmap(-1, 400 * 2**20)\n"
            "for _ in range(400):\n    shared.write(b'x' * 2**20)\ntime.sleep(15)"
        )
        writer = (
            "import os, time\n"
            "total = 0\n"
            "for place in ('out', '/tmp', '/dev/shm'):\n"
            "    try:\n"
            "        with open(place + '/x', 'wb', buffering=0) as file:\n"
            "            while True:\n                total += file.write(b'x' * 2**20)\n"
            "    except OSError:\n        pass\n"
        )
        walls = [
            *([partial(hidden, root)] if root else []),
            partial(_says, "not root", "import os; print(os.getuid() != 0 and os.geteuid() != 0)", "True"),
            partial(_says, "no network", _attempt(f"import socket; socket.create_connection(('127.0.0.1', {port}), 3)"), "refused"),  # noqa: E501
            partial(_says, "gradebook out of reach", _attempt(f"open({str(secret)!r}).read()"), "refused"),
            partial(_says, "environment read-only", _attempt(f"open({sys.prefix + '/x'!r}, 'w')"), "refused"),
            partial(_says, "files readable", _attempt("assert open('handin/weights').read() == 'w'"), "done", handin=handin),  # noqa: E501
            partial(_says, "submission read-only", _attempt("open('handin/weights', 'w')"), "refused", handin=handin),
            partial(_says, "out/ writable", _attempt("open('out/x', 'w').write('x')"), "done"),
            partial(
                _says,
                "host's processes hidden",
                f"import os; print(any(p.isdigit() and int(p) > 100 for p in os.listdir('/proc')), os.path.exists('/proc/{os.getpid()}/x'))",  # noqa: E501
                "False False",
            ),
            partial(_says, "folders of others hidden", "import os; print(os.path.exists('/run/warm') and os.listdir('/run/warm') or 'nothing')", "nothing"),  # noqa: E501
            partial(_says, "no secrets in the environment", "import os; print(len([k for k in os.environ if 'KEY' in k or 'TOKEN' in k]))", "0"),  # noqa: E501
            partial(_says, "memory of one process", _attempt("bytearray(8 * 2**30)[::4096]"), "refused"),
            partial(_is_killed, "memory of all together", eater, small, "memory"),
            partial(_is_killed, "shared memory", sharer, small, "memory"),
            partial(_is_killed, "files and memory together", writer + "time.sleep(15)", small, "memory"),
            partial(_says, "size of all files", writer + f"print(total <= {Limits().scratch_bytes})", "True"),
            partial(_says, "nothing else writable", f"import os; print([p for p in {OTHERS} if os.access(p, os.W_OK)])", "[]"),  # noqa: E501
            partial(_says, "number of processes", _attempt("import os\n    for _ in range(99):\n        pid = os.fork()\n        if not pid:\n            import time; time.sleep(9)"), "refused", Limits(total_seconds=20, processes=20)),  # noqa: E501
            partial(_says, "size of a file", _attempt("open('out/x', 'wb').write(bytes(2**30))"), "refused"),
            partial(_is_killed, "wall-clock time", "while True: pass", Limits(total_seconds=1), "longer than 1 s"),
            partial(_is_killed, "limits whatever a process calls itself", NAMELESS, Limits(total_seconds=1), "longer than 1 s"),  # noqa: E501
        ]  # fmt: skip
        # Most of them wait for something: a process of the submission's, or the watcher.
        with ThreadPoolExecutor(AT_ONCE) as pool:
            waited = [pool.submit(run_into) for run_into in reversed(walls)]  # the longest come last in the list
            return [wall.result() for wall in reversed(waited)]


@functools.cache
def start_up(root: Path | None = None) -> str:
    """One line for the head of a grading run of the course in `root`: every wall was run into (once in a process).

    Where that was done within the hour and nothing has changed since, it holds; only what the course has got since is
    looked for. Raises SandboxUnavailable, naming the wall, when one does not: nothing is graded then.
    """
    now = remembered.conditions(root) if root else ""
    ago = remembered.seconds_since(root, now) if root else None
    if root and ago is not None and hidden(root).in_force:
        when = counted(round(ago / 60), "minute") if ago >= 30 else "less than a minute"
        return f"Self-test: all walls hold, tested {when} ago; nothing that they depend on has changed since."
    proofs = self_test(root)
    if down := [proof for proof in proofs if not proof.in_force]:
        raise SandboxUnavailable(
            f"the sandbox does not hold here ({down[0].name}: {down[0].detail}): see docs/sandbox.md"
        )
    if root:
        remembered.keep(root, now)
    return f"Self-test: all {len(proofs)} walls hold ({', '.join(proof.name for proof in proofs)})."
