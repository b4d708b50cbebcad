"""The only place where student code runs: a kernel in bubblewrap, as a kernel provisioner of jupyter_client.

Whoever asks for the kernel `coursework-sandbox` (nbclient, nbgrader, formgrader) gets it. In reach: the Python
environment and the data sets, read-only; the submission's own files, read-only; one scratch folder in memory. Not in
reach: gradebook, source, other students, the network, the host's processes.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from coursework.core.course import Course, StaffError
from coursework.sandbox import walls, warm, zygote
from coursework.sandbox.limits import Given, Limits, Watcher


class SandboxUnavailable(StaffError):
    """No working sandbox here; nothing is graded without one."""


@dataclass(frozen=True)
class Settings:
    """Of the sandboxes that are started: limits, the folder of the data sets, whether a warm process may fork them.

    `devices` are the files of a GPU. A warm process has none, so a sandbox with a GPU is started anew.
    `mount` is a folder of data sets that later sandboxes will want: the warm process has it from the start.
    """

    limits: Limits = field(default_factory=Limits)
    data: Path | None = None
    warm: bool = True
    mount: Path | None = None
    devices: tuple[Path, ...] = ()


_settings: list[Settings] = []


@contextmanager
def settings(
    data: str | Path | None = None,
    warm: bool = True,
    mount: str | Path | None = None,
    devices: tuple[Path, ...] = (),
    **limits: int,
) -> Iterator[None]:
    """`Settings` of the sandboxes that are started meanwhile in this process; `limits` are fields of `Limits`."""
    folders = [Path(folder) if folder else None for folder in (data, mount or data)]
    _settings.append(Settings(Limits(**limits), folders[0], warm, folders[1], devices))
    try:
        yield
    finally:
        _settings.pop()


def current() -> Settings:
    """What `settings` said last, else what the course in whose folder we are says, else the defaults."""
    if _settings:
        return _settings[-1]
    try:
        course = Course.find()
    except StaffError:
        return Settings()
    return Settings(limits_of(course.settings), course.data, mount=course.data)


def limits_of(configured: Any) -> Limits:
    """The `Limits` of a `CourseworkSettings`."""
    known = {f.name: getattr(configured, f.name) for f in fields(Limits) if hasattr(configured, f.name)}
    return Limits(memory_bytes=int(configured.memory_gib * 2**30), **known)


def in_force(configured: Any) -> str:
    """One line for the head of a grading run."""
    limits = limits_of(configured)
    uid = "a uid of its own" if walls.as_root() else "a user namespace of its own"
    cold = cold_because()
    way = f"started anew each time, as no warm process can fork here ({cold})" if cold else "forked from a warm process"
    return (
        f"Sandbox: bubblewrap, {way}, {uid}, no network, {limits.cell_seconds} s a cell, "
        f"{limits.total_seconds} s a notebook, {limits.memory_bytes / 2**30:.3g} GiB, "
        f"{limits.processes} processes and threads."
    )


class SandboxProvisioner(LocalProvisioner):
    """LocalProvisioner whose kernels run behind walls, forked by the warm process or in a bubblewrap of their own.

    ZeroMQ goes over ipc, and a watcher looks on. `limit_hit` is a sentence when the watcher killed the sandbox; `usage`
    is {"cpu": seconds, "peak_memory": bytes, "waited": seconds}.
    """

    limit_hit: str | None = None
    folder: Path | None = None
    watcher: Watcher | None = None
    _place: warm.Place | None = None
    _fork: warm.Fork | None = None

    @property
    def usage(self) -> dict[str, float]:
        watcher = self.watcher
        if watcher is None:
            return {}
        return {"cpu": watcher.cpu, "peak_memory": watcher.peak_memory, "waited": watcher.waited}

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        require_sandbox()
        self._settings = current()
        uid = walls.new_uid()
        cwd = kwargs.pop("cwd", None)
        handin = Path(cwd, "handin") if cwd else None
        self._place = _warm_process().place(uid, handin) if is_warm() else None
        # `folder` holds the sockets, `file` is the host's connection file
        self.folder = self._place.sockets if self._place else walls.private_folder(uid)
        file = (self._place.folder if self._place else self.folder) / "kernel.json"
        manager = self.parent
        if manager is not None:  # before the connection file is written
            manager.transport, manager.ip, manager.connection_file = "ipc", str(self.folder / "s"), str(file)
        kwargs = await super().pre_launch(**kwargs)
        if self._place:
            inside = json.loads(file.read_text()) | {"ip": f"{zygote.SOCKETS}/s"}
            self._place.give("kernel.json", json.dumps(inside))
            kwargs["cmd"] = [
                "-f",
                f"{zygote.SOCKETS}/kernel.json",
                *kwargs["cmd"][kwargs["cmd"].index(str(file)) + 1 :],
            ]
            return kwargs
        if walls.as_root():
            os.chown(file, uid, uid)
        kwargs["cmd"] = walls.command(
            kwargs["cmd"],
            self.folder,
            self._settings.limits,
            self._settings.data,
            handin,
            uid,
            self._settings.devices,
        )
        # What the process writes past Jupyter's messages is the student's, too, and nobody reads it.
        kwargs["stdout"] = kwargs["stderr"] = subprocess.DEVNULL
        kwargs["env"] = {"PATH": os.environ.get("PATH", "/usr/bin:/bin")}
        return kwargs

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        given, limits = Given(), self._settings.limits
        if self._place:
            process = _warm_process()
            fork: Any = process.fork(self._place, limits, self._settings.data is not None, argv=cmd)
            self.process, self.pid, given, self._fork = fork, fork.pid, process.given, fork
        else:
            await super().launch_kernel(cmd, **kwargs)
        assert self.pid is not None
        self.watcher = _Noticing(self, self.pid, limits, self.folder, given)
        self.watcher.start()
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        if self.watcher is not None:
            self.watcher.stop()
        await super().cleanup(restart)
        if self._fork is not None:
            self._fork.close()
        if self._place is not None:
            self._place.remove()
        elif self.folder is not None:
            walls.remove(self.folder)


class _Noticing(Watcher):
    """A watcher that tells its provisioner, which the executing code can reach."""

    def __init__(self, provisioner: SandboxProvisioner, *args: Any) -> None:
        super().__init__(*args)
        self._provisioner = provisioner

    def _kill(self) -> None:
        self._provisioner.limit_hit = self.limit_hit
        super()._kill()


def _warm_process() -> warm.WarmProcess:
    return warm.start(current().mount)


def run(code: str, limits: Limits, data: Path | None = None, handin: Path | None = None) -> tuple[str, Watcher]:
    """Run a Python text in a sandbox of its own; returns what it printed (errors too) and the watcher."""
    return (_run_warm if is_warm() else _run_cold)(code, limits, data, handin)


def _run_warm(code: str, limits: Limits, data: Path | None, handin: Path | None) -> tuple[str, Watcher]:
    process = warm.start(data or current().mount)
    place = process.place(walls.new_uid(), handin)
    output, inside = os.pipe()
    try:
        try:
            place.give("code.py", code)
            fork = process.fork(place, limits, data is not None, output=inside)
        finally:
            os.close(inside)
        watcher = Watcher(fork.pid, limits, place.sockets, process.given)
        watcher.start()
        with open(output, encoding="utf-8", errors="replace", closefd=False) as file:
            printed = file.read()
        fork.wait()
        watcher.stop()
        fork.close()
        return printed, watcher
    finally:
        os.close(output)
        place.remove()


def _run_cold(code: str, limits: Limits, data: Path | None, handin: Path | None) -> tuple[str, Watcher]:
    uid = walls.new_uid()
    folder = walls.private_folder(uid)
    try:
        argv = walls.command([sys.executable, "-c", code], folder, limits, data, handin, uid, current().devices)
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL}
        with subprocess.Popen(argv, text=True, errors="replace", **pipes) as process:
            watcher = Watcher(process.pid, limits, folder)
            watcher.start()
            printed = process.communicate()[0]
            watcher.stop()
        return printed, watcher
    finally:
        walls.remove(folder)


def is_warm() -> bool:
    """Whether sandboxes are forked from the warm process here and now."""
    return current().warm and not current().devices and not cold_because()


@functools.cache
def cold_because() -> str:
    """Why no warm process can fork on this machine, one line; "" when it can."""
    try:
        printed, _ = _run_warm("print('in')", Limits(total_seconds=60), None, None)
    except (warm.CannotFork, OSError) as error:
        return str(error)
    return "" if printed.strip() == "in" else (printed.strip().splitlines() or ["nothing was printed"])[-1][:200]


@functools.cache
def require_sandbox() -> None:
    """Raise SandboxUnavailable, with one line that says what to do, unless a sandbox starts here."""
    if shutil.which("bwrap") is None:
        raise SandboxUnavailable(
            "bubblewrap is missing: run `apt-get install bubblewrap` (or your system's equivalent)"
        )
    if is_warm():
        return
    printed, _ = _run_cold("print('in')", Limits(total_seconds=20), None, None)
    if printed.strip() != "in":
        reason = (printed.strip().splitlines() or ["nothing was printed"])[-1][:200]
        raise SandboxUnavailable(
            f"bubblewrap cannot start a sandbox here ({reason}): see docs/sandbox.md for what it needs"
        )
