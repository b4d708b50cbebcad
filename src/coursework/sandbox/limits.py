"""The limits of one sandbox, and the watcher on the host that enforces what the kernel of the machine does not.

RLIMIT_AS and RLIMIT_DATA hold for one process, RLIMIT_NPROC for one uid, cgroups are often read-only: so a thread here
sums memory and processes over the sandbox's whole process tree and kills all of it on excess. Memory is what the
processes hold, private or shared with each other, and their files, which lie in memory, too.
"""

import os
import re
import signal
import threading
import time
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

GIB = 2**30
INTERVAL = 0.1  # seconds between two looks
HIDDEN = 2**60
MOST_FILES = 50  # in the folder of the sockets, which has seven


@dataclass(frozen=True)
class Limits:
    """Seconds are wall-clock; bytes and processes are for the sandbox as a whole."""

    cell_seconds: int = 20
    total_seconds: int = 240
    memory_bytes: int = 4 * GIB
    processes: int = 200  # threads count, and torch starts some
    scratch_bytes: int = GIB // 2  # files, in all places together
    folder_bytes: int = 16 * 2**20  # the one host folder that the kernel can write: its sockets


@dataclass(frozen=True)
class Given:
    """What a fork has of the warm process: `held` bytes in memory, and below its own the `mounts` (devices)."""

    held: int = 0
    mounts: frozenset[bytes] = frozenset()


def process_tree(pid: int) -> list[psutil.Process]:
    """The process and all its descendants that are still there."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except (psutil.Error, ValueError):  # -1 is the number of a process that has ended before it could be looked at
        return []


def newest_process() -> bytes:
    """The number of the machine's newest process or thread; b"" where that cannot be read.

    While it is the same, no process can have joined a tree. Walking a tree costs a look at every process there is.
    """
    try:
        return Path("/proc/loadavg").read_bytes().split()[4]
    except (OSError, IndexError):
        return b""


def _kib(path: str, fields: tuple[str, ...]) -> int | None:
    """Bytes: the sum of these fields of a file in /proc that counts in kB; None when it cannot be read."""
    try:
        lines = Path(path).read_bytes().split(b"\n")  # a process may call itself by any bytes
    except OSError:
        return None
    wanted = tuple(field.encode() for field in fields)
    return 1024 * sum(int(line.split()[1]) for line in lines if line.startswith(wanted))


def held(pids: list[int], limit: int, given: int = 0) -> int:
    """Bytes that these processes hold apart from files: private, shared with each other, or swapped out.

    What two processes share (pages since a fork, shared mappings) counts in both, as that is quick to read; only where
    the sum passes `limit`, each process is charged with its proportion, without that of the `given` bytes that the
    warm process had before it forked them.
    """
    quick = {pid: _quick(pid) for pid in pids}
    if sum(quick.values()) <= limit:
        return sum(quick.values())
    shares = {pid: _kib(f"/proc/{pid}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:", "SwapPss:")) for pid in pids}
    whole = sum(  # one may have ended meanwhile
        _quick(pid) if share is None else share for pid, share in shares.items()
    )
    return max(0, whole - given * len(pids) // (len(pids) + 1))


def _quick(pid: int) -> int:
    return _kib(f"/proc/{pid}/status", ("RssAnon:", "RssShmem:", "VmSwap:")) or 0


def _memory_mounts(pid: int | str) -> dict[bytes, bytes]:
    """device → mount point, of the file systems in memory that this process sees."""
    try:
        lines = Path(f"/proc/{pid}/mountinfo").read_bytes().splitlines()
    except OSError:
        return {}
    found = [(line.split()[2], line.split()[4]) for line in lines if b" - tmpfs " in line]
    return {device: re.sub(rb"\\(\d{3})", lambda code: bytes([int(code[1], 8)]), place) for device, place in found}


def files_in_memory(pids: list[int], known: Container[bytes] = ()) -> int:
    """Bytes of the files that these processes keep in memory: in file systems of their own, and in no file system.

    `known` devices are the warm process's. A file that is mapped counts in `held`, too, and so does a file system that
    is below another one, in what that one has: no sum may come out too small.
    """
    ours, sizes = _memory_mounts("self"), {}
    for pid in pids:
        for device, place in _memory_mounts(pid).items():
            if device not in ours and device not in known and device not in sizes:
                sizes[device] = _used(f"/proc/{pid}/root".encode() + place, device)
        sizes |= _nameless(pid)
    return sum(sizes.values())


def _used(place: bytes, device: bytes) -> int:
    """Bytes used in the file system at `place`. One that another hides there cannot be measured: no sandbox has that
    from the start, so it counts as more than any limit."""
    try:
        found, seen = os.statvfs(place), os.stat(place).st_dev
    except OSError:
        return 0
    if b"%d:%d" % (os.major(seen), os.minor(seen)) != device:
        return HIDDEN
    return (found.f_blocks - found.f_bfree) * found.f_frsize


def _nameless(pid: int) -> dict[bytes, int]:
    """Files in memory that only an open descriptor holds (memfd_create): inode → bytes."""
    found = {}
    try:
        entries = list(os.scandir(f"/proc/{pid}/fd"))
    except OSError:  # it has ended
        return {}
    for entry in entries:
        try:
            if os.readlink(os.fsencode(entry.path)).startswith(b"/memfd:"):
                about = os.stat(entry.path)
                found[b"%d" % about.st_ino] = about.st_blocks * 512
        except OSError:  # it was closed meanwhile; the others are there
            continue
    return found


def _memory(pids: list[int], limit: int, given: int, known: Container[bytes]) -> int:
    files = files_in_memory(pids, known)
    return held(pids, limit - files, given) + files


class Watcher(threading.Thread):
    """Watch the process tree of `pid`; kill it whole when a limit is passed, and say which in `limit_hit`.

    `given` is what the warm process had that forked it.
    `cpu` (seconds) and `peak_memory` (bytes, files in memory included) say what the tree used, `waited` (seconds) how
    long its processes were ready and had no core.
    """

    def __init__(self, pid: int, limits: Limits, folder: Path | None = None, given: Given = Given()) -> None:
        super().__init__(daemon=True, name=f"watch-{pid}")
        self.pid, self.limits, self.folder, self.given = pid, limits, folder, given
        self.limit_hit: str | None = None
        self.peak_memory = self._hidden = 0
        self._cpu: dict[int, float] = {}
        self._waited: dict[int, float] = {}
        self._tree: tuple[bytes, list[psutil.Process]] = (b"", [])
        self._over = threading.Event()

    @property
    def cpu(self) -> float:
        return sum(list(self._cpu.values()))  # a copy: the thread may add to it meanwhile

    @property
    def waited(self) -> float:
        return sum(list(self._waited.values()))

    def end(self, why: str) -> None:
        """Kill the tree, and say why."""
        self.limit_hit = why
        self._kill()

    def stop(self) -> None:
        """Look once more and end."""
        self._over.set()
        self.join(timeout=2)

    def run(self) -> None:
        started = time.monotonic()
        while not self._over.is_set():
            try:
                excess = self._look(time.monotonic() - started)
            except Exception:  # whatever it was that could not be read: nothing runs unwatched
                excess = "killed: it could not be watched"
            if excess:
                self.end(excess)
                return
            self._over.wait(INTERVAL)
        with suppress(Exception):  # it has ended, only its use is still of interest
            self._look(0.0)

    def _processes(self) -> list[psutil.Process]:
        """The tree as it is now, walked again only when the machine has started something since."""
        newest = newest_process()  # before the walk, so that what starts meanwhile is seen next time
        if not newest or newest != self._tree[0] or not self._tree[1]:
            self._tree = newest, process_tree(self.pid)
        return self._tree[1]

    def _look(self, seconds: float) -> str | None:
        count, limits, tree = 0, self.limits, self._processes()
        for process in tree:
            try:
                with process.oneshot():
                    times = process.cpu_times()
                    count += process.num_threads()
                    self._cpu[process.pid] = times.user + times.system
                self._waited[process.pid] = _without_core(process.pid)
            except psutil.Error:
                continue
        pids = [process.pid for process in tree]
        memory = _memory(pids, limits.memory_bytes, self.given.held, self.given.mounts)
        if memory > limits.memory_bytes:  # once more: what a process shares falls to the others when it ends
            memory = _memory(pids, limits.memory_bytes, self.given.held, self.given.mounts)
        self._hidden = self._hidden + 1 if memory >= HIDDEN else 0
        if 0 < self._hidden < 4:  # bubblewrap hides some for a moment when it starts
            memory = 0
        self.peak_memory = max(self.peak_memory, memory)
        if memory > limits.memory_bytes:
            return f"killed: it used more than {limits.memory_bytes / GIB:.3g} GiB of memory"
        if count > limits.processes + 10:
            return f"killed: it ran more than {limits.processes} processes and threads"
        if seconds > limits.total_seconds + min(self.waited, limits.total_seconds):
            return f"killed: the notebook took longer than {limits.total_seconds} s"
        if self.folder is not None and not _only_sockets(self.folder, limits.folder_bytes):
            return "killed: it wrote into the folder of its own sockets"
        return None

    def _kill(self) -> None:
        for process in reversed(process_tree(self.pid)):
            try:
                os.kill(process.pid, signal.SIGKILL)
            except OSError:
                continue


def _without_core(pid: int) -> float:
    """Seconds that a process was ready to run and waited for a core; 0 where the machine does not say."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_bytes().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _only_sockets(folder: Path, limit: int) -> bool:
    """Whether the folder of a kernel's sockets holds some small files, as it should, and no folders."""
    try:
        found = list(os.scandir(folder))
        sizes = [entry.stat(follow_symlinks=False).st_size for entry in found]
    except FileNotFoundError:  # one was removed while we looked
        return True
    except OSError:
        return False
    return len(found) <= MOST_FILES and sum(sizes) <= limit and not any(e.is_dir(follow_symlinks=False) for e in found)
