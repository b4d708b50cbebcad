"""Warm sandboxes: the host's side of `zygote.py`, the process that forks a kernel for each submission."""

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from coursework.sandbox import walls, zygote
from coursework.sandbox.limits import Given, Limits, process_tree

# What a kernel, and the set-up cells of the course, import. The first of them take most of a kernel's start.
MODULES = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "IPython", "IPython.core.completerlib",
    "debugpy", "numpy", "numpy.testing", "torch", "torch.nn.functional", "torch.utils.data", "matplotlib",
    "matplotlib.pyplot",
    "tqdm", "tqdm.auto", "pdb", "unittest", "zipfile", "subprocess", "sqlite3", "csv", "gzip", "pickle", "timeit",
)  # fmt: skip
# What PyTorch imports when the first optimizer is made, or torch.func is used: 890 modules, 1.8 s. Not for a few runs.
COMPILER = ("torch._dynamo",)
SCRIPTS = ("zygote.py", "plain_first.py")  # what the warm process is made of, at /run
START = 120  # seconds that the warm process has for its imports on a busy machine


class CannotFork(Exception):
    """The warm process did not start, or did not fork: one line that says why."""


class Fork:
    """One submission's first process, with the methods of a Popen that jupyter_client uses.

    `pid` is that of the host; all processes of the submission end with this one.
    """

    stdin = stdout = stderr = None

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.returncode: int | None = None
        lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
        self.pid = next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))

    def poll(self) -> int | None:
        """None while it runs; how it ended, nobody but its own parent knows."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            self.returncode = 1
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None and not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("sandbox", timeout or 0)
        self.returncode = 1
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    terminate = kill

    def close(self) -> None:
        """Give the descriptor back; all that was forked ends with it."""
        if self._handle >= 0:
            self.kill()
            self.wait()
            os.close(self._handle)
        self._handle = -1


class Place:
    """The host's folder of one submission: `sockets`, its only writable one, and `handin`."""

    def __init__(self, folder: Path, uid: int, handin: Path | None) -> None:
        self.folder, self.uid, self.sockets = folder, uid, folder / "sockets"
        folder.mkdir(mode=0o711)
        self.sockets.mkdir(mode=0o700)
        (folder / "passwd").write_text(walls.passwd(uid))
        if handin is not None and handin.is_dir():
            shutil.copytree(handin, folder / "handin", symlinks=True)
            for top, _, files in os.walk(folder / "handin"):
                os.chmod(top, 0o755)
                for name in files:
                    os.chmod(Path(top, name), 0o644)
        if walls.as_root():
            os.chown(self.sockets, uid, uid)

    def give(self, name: str, text: str) -> None:
        """A file in the folder of the sockets."""
        path = self.sockets / name
        path.write_text(text)
        if walls.as_root():
            os.chown(path, self.uid, self.uid)

    def remove(self) -> None:
        walls.remove(self.folder)


class WarmProcess:
    """A running warm process; `data` is what its forks can have at /data, `given` what they begin with."""

    def __init__(self, data: Path | None, modules: Sequence[str]) -> None:
        self.data, self.modules = data, tuple(modules)
        self.folder = walls.host_folder()
        self._count = 0
        self._lock = threading.Lock()
        self._control, inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with inside:
            pipes: dict[str, Any] = {"stdin": inside, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
            self._process = subprocess.Popen(self._command(), **pipes)
        self._control.settimeout(START)
        self._control.send(json.dumps({"modules": self.modules}).encode())
        self._ready = self._gone = False

    def _command(self) -> list[str]:
        self.folder.chmod(0o711)
        (self.folder / "passwd").write_text(walls.passwd(walls.new_uid()))
        for name in SCRIPTS:
            shutil.copy(Path(zygote.__file__).with_name(name), self.folder)
        capabilities = ("SYS_ADMIN", "NET_ADMIN", "SETPCAP", "SETUID", "SETGID", "SYS_RESOURCE")
        bwrap = ["bwrap", *walls.LIFETIME, *walls.SPACES, *walls.rights(1000, *capabilities)]
        bwrap += [*walls.system(), *walls.scratch(Limits())]
        for folder in (f"{walls.HOME}/.mpl", zygote.SOCKETS, zygote.FONTS):
            bwrap += ["--perms", "0755", "--dir", folder]
        bwrap += ["--bind", str(self.folder), zygote.PLACES, "--ro-bind", str(self.folder / "passwd"), "/etc/passwd"]
        for name in SCRIPTS:
            bwrap += ["--ro-bind", str(self.folder / name), f"/run/{name}"]
        if fonts := walls.font_list():
            for folder in (f"{walls.HOME}/.mpl", zygote.FONTS):
                bwrap += ["--ro-bind", str(fonts), f"{folder}/{fonts.name}"]
        bwrap += ["--ro-bind", str(self.data), "/data"] if self.data else ["--dir", "/data"]
        # pyplot, once imported, has chosen where figures go: as a kernel would.
        inline = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        return [*bwrap, *walls.closed(walls.environment(False) | inline), sys.executable, "/run/zygote.py"]

    def _answer(self) -> tuple[dict[str, Any], list[int]]:
        try:
            message, handles, _, _ = socket.recv_fds(self._control, 1 << 16, 1)
        except OSError as error:
            raise CannotFork(f"the warm process does not answer: {error}") from None
        if not message:
            self._gone = True
            _, said = self._process.communicate()
            raise CannotFork(
                (said.decode(errors="replace").strip().splitlines() or ["the warm process ended"])[-1][:300]
            )
        return json.loads(message), list(handles)

    def await_ready(self) -> None:
        """Wait for the imports; raises CannotFork."""
        if self._ready:
            return
        about, _ = self._answer()
        if about["threads"] > 1:  # a fork would have one of them only, and whatever lock another one holds
            raise CannotFork(f"what was imported has started {about['threads'] - 1} threads")
        self.given = Given(about["held"], frozenset(device.encode() for device in about["mounts"]))
        self._mapped, self._ready = about["data"], True

    @property
    def alive(self) -> bool:
        return not self._gone and self._process.poll() is None

    def place(self, uid: int, handin: Path | None) -> Place:
        with self._lock:
            self._count += 1
            return Place(self.folder / str(self._count), uid, handin)

    def fork(
        self, place: Place, limits: Limits, data: bool, argv: Sequence[str] = (), output: int | None = None
    ) -> Fork:
        """A fork behind walls of its own: a kernel with these arguments, or else the `code.py` that `place` was given.

        What it prints goes to the descriptor `output`. Raises CannotFork.
        """
        with self._lock:
            self.await_ready()
        rlimits = walls.rlimits(limits)
        rlimits["RLIMIT_DATA"] += self._mapped  # what the imports have taken is not the submission's
        request = {
            "place": place.folder.name,
            "uid": place.uid,
            "user": not walls.as_root(),
            "data": data and self.data is not None,
            "scratch": walls.scratch_sizes(limits),
            "rlimits": rlimits,
            "environment": walls.environment(data and self.data is not None),
            "argv": argv,
        }
        with self._lock:
            try:
                socket.send_fds(self._control, [json.dumps(request).encode()], [] if output is None else [output])
            except OSError as error:
                self._gone = True  # bubblewrap may need a moment to end, too
                raise CannotFork(f"the warm process has ended: {error}") from None
            answer, handles = self._answer()
        if not handles:
            raise CannotFork(answer.get("error", "no fork"))
        return Fork(handles[0])

    def close(self) -> None:
        self._control.close()
        tree = process_tree(self._process.pid) if self._process.poll() is None else []  # its number may be another's
        for process in reversed(tree):  # bubblewrap's second process, too: it may be too young to end with the first
            with suppress(psutil.Error):
                process.kill()
        self._process.wait()
        if self._process.stderr:  # what it said may have been read already
            self._process.stderr.close()
        walls.remove(self.folder)


_running: WarmProcess | None = None
_also: tuple[str, ...] = ()  # modules for later ones
_starting = threading.Lock()


def also(modules: Sequence[str]) -> None:
    """This process will run many notebooks: its warm processes are to have these modules, too."""
    global _also
    _also = tuple(modules)


def start(data: Path | None = None, modules: Sequence[str] = ()) -> WarmProcess:
    """This process's warm process, which has at least these modules; made anew when it is not there, or ended."""
    global _running
    modules = [*_also, *modules]
    with _starting:
        if _running is not None:
            known = set(modules) <= set(_running.modules) and (data is None or data == _running.data)
            if known and _running.alive:
                return _running
            _running.close()
        _running = None
        _running = WarmProcess(data, [*MODULES, *(m for m in modules if m not in MODULES)])
        return _running


def ahead(data: Path | None) -> None:
    """Begin now with what takes seconds, beside what else a command has to import. Where it cannot begin, that is said
    when a sandbox is wanted."""
    with suppress(OSError):
        start(data)


@atexit.register
def stop() -> None:
    """End this process's warm process, and all that it has forked."""
    global _running
    with _starting:
        if _running is not None:
            _running.close()
        _running = None
