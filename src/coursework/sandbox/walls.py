"""What a sandbox can reach, as arguments of bubblewrap: of a sandbox for one submission, and of the warm process."""

import fcntl
import functools
import os
import random
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from coursework.sandbox.limits import Limits

HOME = "/home/student"
SCRATCH = {HOME: 2, "/tmp": 4, "/dev/shm": 4}  # the part of `Limits.scratch_bytes` that each place has: a half, …
FIRST_UID = 200_000  # above what systems give out; each sandbox has one of its own, so that they cannot meet
SYSTEM_FILES = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "fonts", "alternatives", "mime.types")
TEMPORARY, PREFIX = "/tmp", "cwk-l-"  # the folders that are held by a lock, see `host_folder`
NEW = 60  # seconds that a process has to take the lock of its new folder
LISTS = "fontlist-v*.json"
LIFETIME = ["--die-with-parent", "--new-session", "--clearenv"]
SPACES = ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"]

_locks: dict[Path, int] = {}  # folder → the descriptor by which it is held


def as_root() -> bool:
    """Whether uids can be given out here; an ordinary user gets user namespaces."""
    return os.geteuid() == 0


def new_uid() -> int:
    return FIRST_UID + random.SystemRandom().randrange(2**16) if as_root() else 1000


def rights(uid: int, *capabilities: str) -> list[str]:
    """Who the process is. As root there is no user namespace, as folders below /root can be bound without one."""
    if as_root():
        return ["--cap-drop", "ALL", *(part for name in capabilities for part in ("--cap-add", f"CAP_{name}"))]
    return ["--unshare-user", "--uid", str(uid), "--gid", str(uid)]


def _environment_folders() -> list[Path]:
    """The folders of this Python, without what /usr holds anyway."""
    found = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.base_prefix).resolve()}
    found.add(Path(os.path.realpath(sys.executable)).parents[1])
    return sorted(p for p in found if p.exists() and Path("/usr") not in (p, *p.parents))


@functools.cache
def font_list() -> Path | None:
    """matplotlib's list of fonts, which would take seconds to make anew in every sandbox."""
    caches = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    folder = Path(os.environ.get("MPLCONFIGDIR") or f"{caches}/matplotlib")
    if not list(folder.glob(LISTS)):  # where it usually is: to ask matplotlib takes a moment in which nothing starts
        import matplotlib.font_manager  # makes it

        folder = Path(matplotlib.get_cachedir())
    return max(folder.glob(LISTS), default=None)


def system() -> list[str]:
    """The system and the Python environment, read-only; /proc and /dev of the sandbox's own."""
    bwrap = ["--hostname", "sandbox", "--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        path = Path("/", name)
        if path.is_symlink():
            bwrap += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            bwrap += ["--ro-bind", str(path), str(path)]
    for name in SYSTEM_FILES:
        bwrap += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    bwrap += ["--proc", "/proc", "--dev", "/dev"]
    for path in _environment_folders():
        for parent in reversed(path.parents[:-1]):  # bubblewrap makes missing ones 0700, which the uid cannot pass
            bwrap += ["--perms", "0755", "--dir", str(parent)]
        bwrap += ["--ro-bind", str(path), str(path)]
    return bwrap


def scratch(limits: Limits) -> list[str]:
    """The folders in memory, the only places that can be written to."""
    bwrap: list[str] = []
    for place, size in scratch_sizes(limits).items():
        bwrap += ["--perms", "0777" if place == HOME else "1777", "--size", str(size), "--tmpfs", place]
    return bwrap


def scratch_sizes(limits: Limits) -> dict[str, int]:
    """place → bytes."""
    return {place: limits.scratch_bytes // part for place, part in SCRATCH.items()}


def closed(environment: dict[str, str]) -> list[str]:
    """The end of the arguments: environment variables, and what is neither scratch nor bound becomes read-only."""
    bwrap = [part for name, value in environment.items() for part in ("--setenv", name, value)]
    for place in ("/dev", "/"):  # they lie in memory, without a limit, and belong to an ordinary user who grades
        bwrap += ["--remount-ro", place]
    return [*bwrap, "--chdir", HOME, "--"]


def rlimits(limits: Limits) -> dict[str, int]:
    """What the kernel of the machine enforces, of one process or of one uid."""
    return {
        "RLIMIT_DATA": limits.memory_bytes,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": limits.processes,
        "RLIMIT_FSIZE": limits.scratch_bytes,
        "RLIMIT_NOFILE": 1024,
    }


def command(
    argv: list[str],
    folder: Path,
    limits: Limits,
    data: Path | None,
    handin: Path | None,
    uid: int,
    devices: Iterable[Path] = (),
) -> list[str]:
    """`argv` wrapped in bubblewrap. `folder` (connection file, sockets) is the only host folder bound writable.

    `devices` are the device files of a GPU, where the notebook asks for one and this worker declares it.
    """
    bwrap = ["bwrap", *LIFETIME, *SPACES, *rights(uid, "SETUID", "SETGID"), *system(), *scratch(limits)]
    bwrap += ["--ro-bind", str(folder / "passwd"), "/etc/passwd", "--bind", str(folder), str(folder)]
    bwrap += ["--perms", "0777", "--dir", f"{HOME}/out", "--perms", "0777", "--dir", f"{HOME}/.mpl"]
    if fonts := font_list():
        bwrap += ["--ro-bind", str(fonts), f"{HOME}/.mpl/{fonts.name}"]
    if data is not None:
        bwrap += ["--ro-bind", str(data), "/data"]
    if handin is not None and handin.is_dir():
        bwrap += ["--ro-bind", str(handin), f"{HOME}/handin"]
    for device in devices:
        bwrap += ["--dev-bind", str(device), str(device)]
    bwrap += closed(environment(data is not None))
    inner = ["/usr/bin/prlimit"]
    inner += [f"--{name.removeprefix('RLIMIT_').lower()}={most}" for name, most in rlimits(limits).items()]
    if as_root():  # the uid is dropped inside
        inner = ["/usr/bin/setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--", *inner]
    return [*bwrap, *inner, "--", *argv]


def environment(data: bool) -> dict[str, str]:
    """All that the student's process sees of an environment."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return {
        "PATH": f"{sys.prefix}/bin:/usr/bin:/bin",
        "HOME": HOME,
        "PWD": HOME,
        "LANG": "C.UTF-8",
        "TMPDIR": "/tmp",
        "MPLCONFIGDIR": f"{HOME}/.mpl",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "NBGRADER_EXECUTION": os.environ.get("NBGRADER_EXECUTION", "autograde"),
        "COURSEWORK_GRADER": "1",
        **({"COURSEWORK_DATA": "/data"} if data else {}),
        **threads,
    }


def host_folder() -> Path:
    """A 0700 folder with a short path: a socket's address has at most about 100 bytes. This process holds its lock
    until `remove`, or until it has ended in any way: the next one that asks for a folder clears away what is left."""
    clear_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=TEMPORARY))
    _locks[folder] = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(_locks[folder], fcntl.LOCK_EX)
    return folder


@functools.cache  # once in a process
def clear_leftovers() -> None:
    """Remove the folders of processes that were killed: nobody holds their lock any more."""
    for folder in Path(TEMPORARY).glob(f"{PREFIX}*"):
        with suppress(OSError):  # another user's; or another process clears it away, too
            if time.time() - folder.lstat().st_ctime < NEW or not stat.S_ISDIR(folder.lstat().st_mode):
                continue
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(folder)
            finally:
                os.close(lock)


def passwd(uid: int) -> str:
    return f"root:x:0:0::/:/bin/false\nstudent:x:{uid}:{uid}::{HOME}:/bin/false\n"


def private_folder(uid: int) -> Path:
    """The folder of one sandbox, its own."""
    folder = host_folder()
    (folder / "passwd").write_text(passwd(uid))
    if as_root():
        os.chown(folder, uid, uid)
    return folder


def remove(folder: Path) -> None:
    """Remove a folder that a student's code could write to: locked or nested too deep for Python, it goes."""
    if (lock := _locks.pop(folder, None)) is not None:
        os.close(lock)
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for argv in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
            subprocess.run([*argv, "--", str(folder)], stderr=subprocess.DEVNULL, check=False)
