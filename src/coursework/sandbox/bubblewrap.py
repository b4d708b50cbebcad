"""The only place where student code runs: a kernel in bubblewrap, as a kernel provisioner of jupyter_client.

Whoever asks for the kernel `coursework-sandbox` (nbclient, nbgrader, formgrader) gets it. In reach: the Python
environment and the data sets, read-only; the submission's own files, read-only; one scratch folder in memory. Not in
reach: gradebook, source, other students, the network, the host's processes.
"""

import functools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from coursework.core.course import Course, StaffError
from coursework.sandbox.limits import Limits, Watcher

HOME = "/home/student"
SCRATCH = {HOME: 2, "/tmp": 4, "/dev/shm": 4}  # the part of `Limits.scratch_bytes` that each place has: a half, …
FIRST_UID = 200_000  # above what systems give out; each sandbox has one of its own, so that they cannot meet
SYSTEM_FILES = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives", "mime.types")


class SandboxUnavailable(StaffError):
    """No working sandbox here; nothing is graded without one."""


_settings: list[tuple[Limits, Path | None]] = []


@contextmanager
def settings(data: str | Path | None = None, **limits: int) -> Iterator[None]:
    """Limits (fields of `Limits`) and data folder of the sandboxes that are started meanwhile in this process."""
    _settings.append((Limits(**limits), Path(data) if data else None))
    try:
        yield
    finally:
        _settings.pop()


def current() -> tuple[Limits, Path | None]:
    """What `settings` said last, else what the course in whose folder we are says, else the defaults."""
    if _settings:
        return _settings[-1]
    try:
        course = Course.find()
    except StaffError:
        return Limits(), None
    return limits_of(course.settings), course.data


def limits_of(configured: Any) -> Limits:
    """The `Limits` of a `CourseworkSettings`."""
    known = {f.name: getattr(configured, f.name) for f in fields(Limits) if hasattr(configured, f.name)}
    return Limits(memory_bytes=int(configured.memory_gib * 2**30), **known)


def in_force(configured: Any) -> str:
    """One line for the head of a grading run."""
    limits = limits_of(configured)
    uid = "a uid of its own" if os.geteuid() == 0 else "a user namespace of its own"
    return (
        f"Sandbox: bubblewrap, {uid}, no network, {limits.cell_seconds} s a cell, {limits.total_seconds} s a notebook, "
        f"{limits.memory_bytes / 2**30:.3g} GiB, {limits.processes} processes and threads."
    )


def _environment_folders() -> list[Path]:
    """The folders of this Python, without what /usr holds anyway."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_prefix).resolve()}
    found.add(Path(os.path.realpath(sys.executable)).parents[1])
    return sorted(p for p in found if p.exists() and Path("/usr") not in (p, *p.parents))


@functools.cache
def _font_list() -> Path | None:
    """matplotlib's list of fonts, which would take seconds to make anew in every sandbox."""
    import matplotlib

    folder = Path(matplotlib.get_cachedir())
    if not list(folder.glob("fontlist-v*.json")):
        import matplotlib.font_manager  # makes it
    return max(folder.glob("fontlist-v*.json"), default=None)


def command(
    argv: list[str], folder: Path, limits: Limits, data: Path | None, handin: Path | None, uid: int
) -> list[str]:
    """`argv` wrapped in bubblewrap. `folder` (connection file, sockets) is the only host folder bound writable."""
    as_root = os.geteuid() == 0
    bwrap = ["bwrap", "--die-with-parent", "--new-session", "--clearenv", "--unshare-pid", "--unshare-net"]
    bwrap += ["--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox"]
    if as_root:  # without a user namespace, folders below /root can be bound; the uid is dropped inside
        bwrap += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        bwrap += ["--unshare-user", "--uid", str(uid), "--gid", str(uid)]
    bwrap += ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            bwrap += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            bwrap += ["--ro-bind", str(path), str(path)]
    for name in SYSTEM_FILES:
        bwrap += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    bwrap += ["--proc", "/proc", "--dev", "/dev"]
    for place, part in SCRATCH.items():
        size = str(limits.scratch_bytes // part)
        bwrap += ["--perms", "0777" if place == HOME else "1777", "--size", size, "--tmpfs", place]
    for path in _environment_folders():
        for parent in reversed(path.parents[:-1]):  # bubblewrap makes missing ones 0700, which the uid cannot pass
            bwrap += ["--perms", "0755", "--dir", str(parent)]
        bwrap += ["--ro-bind", str(path), str(path)]
    bwrap += ["--ro-bind", str(folder / "passwd"), "/etc/passwd", "--bind", str(folder), str(folder)]
    bwrap += ["--perms", "0777", "--dir", f"{HOME}/out", "--perms", "0777", "--dir", f"{HOME}/.mpl"]
    if fonts := _font_list():
        bwrap += ["--ro-bind", str(fonts), f"{HOME}/.mpl/{fonts.name}"]
    if data is not None:
        bwrap += ["--ro-bind", str(data), "/data", "--setenv", "COURSEWORK_DATA", "/data"]
    if handin is not None and handin.is_dir():
        bwrap += ["--ro-bind", str(handin), f"{HOME}/handin"]
    for name, value in _environment().items():
        bwrap += ["--setenv", name, value]
    for place in ("/dev", "/"):  # they lie in memory, without a limit, and belong to an ordinary user who grades
        bwrap += ["--remount-ro", place]
    bwrap += ["--chdir", HOME, "--"]
    inner = ["/usr/bin/prlimit", f"--data={limits.memory_bytes}", "--core=0", f"--nproc={limits.processes}"]
    inner += [f"--fsize={limits.scratch_bytes}", "--nofile=1024", "--"]
    if as_root:
        inner = ["/usr/bin/setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--", *inner]
    return [*bwrap, *inner, *argv]


def _environment() -> dict[str, str]:
    """All that the student's process sees of an environment."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",
        "MPLCONFIGDIR": f"{HOME}/.mpl",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "NBGRADER_EXECUTION": os.environ.get("NBGRADER_EXECUTION", "autograde"),
        "COURSEWORK_GRADER": "1",
        **threads,
    }


def private_folder(uid: int) -> Path:
    """A 0700 folder for one sandbox with a short path: a socket's address has at most about 100 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="cwk-", dir="/tmp"))
    (folder / "passwd").write_text(f"root:x:0:0::/:/bin/false\nstudent:x:{uid}:{uid}::{HOME}:/bin/false\n")
    if os.geteuid() == 0:
        os.chown(folder, uid, uid)
    return folder


def remove(folder: Path) -> None:
    """Remove a folder that a student's code could write to: locked or nested too deep for Python, it goes."""
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for argv in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*argv, "--", str(folder)], stderr=subprocess.DEVNULL, check=False)


def new_uid() -> int:
    return FIRST_UID + random.SystemRandom().randrange(2**16) if os.geteuid() == 0 else 1000


class SandboxProvisioner(LocalProvisioner):
    """LocalProvisioner with bubblewrap in front, ZeroMQ over ipc and a watcher.

    `limit_hit` is a sentence when the watcher killed the sandbox; `usage` is {"cpu": seconds, "peak_memory": bytes}.
    """

    limit_hit: str | None = None
    folder: Path | None = None
    watcher: Watcher | None = None

    @property
    def usage(self) -> dict[str, float]:
        watcher = self.watcher
        return {"cpu": watcher.cpu, "peak_memory": watcher.peak_memory} if watcher else {}

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        require_sandbox()
        uid = new_uid()
        self.folder = private_folder(uid)
        self.limits, data = current()
        manager = self.parent
        if manager is not None:  # before the connection file is written
            manager.transport, manager.ip = "ipc", str(self.folder / "s")
            manager.connection_file = str(self.folder / "kernel.json")
        kwargs = await super().pre_launch(**kwargs)
        if os.geteuid() == 0:
            os.chown(self.folder / "kernel.json", uid, uid)
        cwd = kwargs.pop("cwd", None)
        handin = Path(cwd, "handin") if cwd else None
        kwargs["cmd"] = command(kwargs["cmd"], self.folder, self.limits, data, handin, uid)
        # What the process writes past Jupyter's messages is the student's, too, and nobody reads it.
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL
        kwargs["env"] = {"PATH": os.environ.get("PATH", "/usr/bin:/bin")}
        return kwargs

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        info = await super().launch_kernel(cmd, **kwargs)
        assert self.pid is not None
        self.watcher = _Noticing(self, self.pid, self.limits, self.folder)
        self.watcher.start()
        return info

    async def cleanup(self, restart: bool = False) -> None:
        if self.watcher is not None:
            self.watcher.stop()
        await super().cleanup(restart)
        if self.folder is not None:
            remove(self.folder)


class _Noticing(Watcher):
    """A watcher that tells its provisioner, which the executing code can reach."""

    def __init__(self, provisioner: SandboxProvisioner, *args: Any) -> None:
        super().__init__(*args)
        self._provisioner = provisioner

    def _kill(self) -> None:
        self._provisioner.limit_hit = self.limit_hit
        super()._kill()


def run(code: str, limits: Limits, data: Path | None = None, handin: Path | None = None) -> tuple[str, Watcher]:
    """Run a Python text in a sandbox of its own; returns what it printed (errors too) and the watcher."""
    uid = new_uid()
    folder = private_folder(uid)
    try:
        argv = command([sys.executable, "-c", code], folder, limits, data, handin, uid)
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
        with subprocess.Popen(argv, text=True, **pipes) as process:
            watcher = Watcher(process.pid, limits, folder)
            watcher.start()
            printed = process.communicate()[0]
            watcher.stop()
        return printed, watcher
    finally:
        remove(folder)


@functools.cache
def require_sandbox() -> None:
    """Raise SandboxUnavailable, with one line that says what to do, unless a sandbox starts here."""
    if shutil.which("bwrap") is None:
        raise SandboxUnavailable(
            "bubblewrap is missing: run `apt-get install bubblewrap` (or your system's equivalent)"
        )
    printed, _ = run("print('in')", Limits(total_seconds=20))
    if printed.strip() != "in":
        reason = (printed.strip().splitlines() or ["nothing was printed"])[-1][:200]
        raise SandboxUnavailable(
            f"bubblewrap cannot start a sandbox here ({reason}): see docs/sandbox.md for what it needs"
        )
