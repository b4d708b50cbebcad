"""That every wall of the sandbox held, remembered for an hour where nothing has changed that this depends on.

The record belongs to one user and one course. It is in a folder that nobody else can enter and no sandbox sees, and
only ever saves a test: whatever is odd about it, or cannot be read, means that the walls are tested anew.
"""

import os
import platform
import resource
import shutil
import sys
import sysconfig
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from coursework.core.course import CONFIG_NAME
from coursework.core.files import digest, read_json, write_json
from coursework.sandbox import bubblewrap, machines

LASTS = 3600  # seconds
PROGRAMS = ("bwrap", "setpriv", "prlimit")
SWITCHES = (  # of the machine: who may have a user namespace, and what processes may do to each other
    "kernel/unprivileged_userns_clone", "kernel/apparmor_restrict_unprivileged_userns", "kernel/yama/ptrace_scope",
    "user/max_user_namespaces", "vm/overcommit_memory",
)  # fmt: skip
ODD = (OSError, ValueError, LookupError, RuntimeError)
RIGHTS = ("Cap", "NoNewPrivs", "Seccomp")  # lines of /proc/self/status


def seconds_since(root: Path, now: str) -> float | None:
    """How long ago every wall held, tested by this user for the course in `root` under the conditions of `now`; None:
    test them."""
    with suppress(*ODD):
        path = _file(root)
        if now and _ours(path.parent) and _ours(path):
            match read_json(path):
                case {"conditions": str(before), "at": float(at)} if before == now and 0 <= _now() - at <= LASTS:
                    return _now() - at
    return None


def keep(root: Path, then: str) -> None:
    """Every wall holds, tested under the conditions of `then`. Where that cannot be kept, or they are others by now, it
    is tested again the next time."""
    with suppress(*ODD):
        path = _file(root)
        for folder in (*reversed(path.parent.parents), path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not then or conditions(root) != then or not _ours(path.parent):
            return
        for old in path.parent.glob("*.json"):
            if time.time() - old.lstat().st_mtime > LASTS:
                old.unlink()
        write_json(path, {"conditions": then, "at": _now()})
        path.chmod(0o600)


def forget(root: Path) -> None:
    """The next command tests. Raises OSError where the record stays."""
    with suppress(FileNotFoundError, NotADirectoryError, LookupError, RuntimeError):
        _file(root).unlink()


def conditions(root: Path) -> str:
    """Of all that decides whether the walls hold: another digest where any of it is another, "" where it is unknown."""
    try:
        return _conditions(root)
    except ODD:
        return ""


def _conditions(root: Path) -> str:
    proc = Path("/proc/self")
    rights = [line for line in (proc / "status").read_text().splitlines() if line.startswith(RIGHTS)]
    machine = {
        "boot": Path("/proc/sys/kernel/random/boot_id").read_text(),
        "kernel": list(platform.uname()),
        "switches": [_text(Path("/proc/sys", name)) for name in SWITCHES],
        "namespaces": sorted(os.readlink(one) for one in (proc / "ns").iterdir()),
        "mounts": (proc / "mountinfo").read_text(),
        "programs": [_about(Path(shutil.which(name) or "/")) for name in PROGRAMS],
    }
    who = {
        "ids": [os.getresuid(), os.getresgid(), os.getgroups()],
        "rights": rights,
        "profile": _text(proc / "attr/current"),
        "limits": [resource.getrlimit(getattr(resource, n)) for n in sorted(dir(resource)) if n.startswith("RLIMIT_")],
    }
    python = {
        "code": machines.code(),
        "versions": machines.environment(),
        "places": [sys.executable, sys.prefix, sys.base_prefix],
        "packages": [_about(Path(sysconfig.get_path(kind))) for kind in ("purelib", "platlib")],
        "cold": bubblewrap.cold_because(),
    }
    course = [
        str(root),
        _about(root)[1:3],
        digest((root / CONFIG_NAME).read_bytes()),
        os.environ.get("COURSEWORK_DATA"),
    ]
    return digest(machine, who, python, course)


def _now() -> float:
    """Seconds since the machine was started: nobody sets this clock."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def _file(root: Path) -> Path:
    """Raises LookupError where the user has no folder of their own."""
    state = os.environ.get("XDG_STATE_HOME")
    if not state and Path.home().stat().st_uid != os.geteuid():  # of whom somebody has become another by sudo
        raise LookupError("the home folder is somebody else's")
    return Path(state or Path.home() / ".local/state", "coursework", f"walls-{digest(str(root))[:16]}.json")


def _ours(path: Path) -> bool:
    """Whether nobody but this user can have written here."""
    found = path.lstat()
    return found.st_uid == os.geteuid() and not found.st_mode & 0o077 and not path.is_symlink()


def _about(path: Path) -> list[Any]:
    """By which a program or a folder is known again: of another content, it was written at another time."""
    found = path.stat()
    return [*found[:6], found.st_mtime_ns, found.st_ctime_ns, found.st_size]


def _text(path: Path) -> str:
    """Its content; nothing where this machine has no such file."""
    try:
        return path.read_text()
    except OSError:
        return ""
