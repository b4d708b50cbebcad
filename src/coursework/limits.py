"""The limits of one sandbox, and the watcher on the host that enforces what the kernel of the machine does not.

RLIMIT_AS and RLIMIT_DATA hold for one process, RLIMIT_NPROC for one uid, cgroups are often read-only: so a thread here
sums memory and processes over the sandbox's whole process tree and kills all of it on excess.
"""

import os
import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

GIB = 2**30
INTERVAL = 0.1  # seconds between two looks


@dataclass(frozen=True)
class Limits:
    """Seconds are wall-clock; bytes and processes are for the sandbox as a whole."""

    cell_seconds: int = 20
    total_seconds: int = 240
    memory_bytes: int = 4 * GIB
    processes: int = 200  # threads count, and torch starts some
    scratch_bytes: int = GIB // 2
    folder_bytes: int = 16 * 2**20  # the one host folder that the kernel can write: its sockets


def process_tree(pid: int) -> list[psutil.Process]:
    """The process and all its descendants that are still there."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.Error:
        return []


class Watcher(threading.Thread):
    """Watch the process tree of `pid`; kill it whole when a limit is passed, and say which in `limit_hit`.

    `cpu` (seconds) and `peak_memory` (bytes, private pages) say what the tree used.
    """

    def __init__(self, pid: int, limits: Limits, folder: Path | None = None) -> None:
        super().__init__(daemon=True, name=f"watch-{pid}")
        self.pid, self.limits, self.folder = pid, limits, folder
        self.limit_hit: str | None = None
        self.peak_memory = 0
        self._cpu: dict[int, float] = {}
        self._over = threading.Event()

    @property
    def cpu(self) -> float:
        return sum(self._cpu.values())

    def stop(self) -> None:
        """Look once more and end."""
        self._over.set()
        self.join(timeout=2)

    def run(self) -> None:
        started = time.monotonic()
        while not self._over.is_set():
            excess = self._look(time.monotonic() - started)
            if excess:
                self.limit_hit = excess
                self._kill()
                return
            self._over.wait(INTERVAL)
        self._look(0.0)

    def _look(self, seconds: float) -> str | None:
        memory = count = 0
        for process in process_tree(self.pid):
            try:
                with process.oneshot():
                    info, times = process.memory_info(), process.cpu_times()
                    memory += max(0, info.rss - getattr(info, "shared", 0))
                    count += process.num_threads()
                    self._cpu[process.pid] = times.user + times.system
            except psutil.Error:
                continue
        self.peak_memory = max(self.peak_memory, memory)
        limits = self.limits
        if memory > limits.memory_bytes:
            return f"killed: it used more than {limits.memory_bytes / GIB:.3g} GiB of memory"
        if count > limits.processes + 10:
            return f"killed: it ran more than {limits.processes} processes and threads"
        if seconds > limits.total_seconds:
            return f"killed: the notebook took longer than {limits.total_seconds} s"
        if self.folder is not None and _size(self.folder) > limits.folder_bytes:
            return "killed: it wrote into the folder of its own sockets"
        return None

    def _kill(self) -> None:
        for process in reversed(process_tree(self.pid)):
            try:
                os.kill(process.pid, signal.SIGKILL)
            except OSError:
                continue


def _size(folder: Path) -> int:
    try:
        return sum(entry.stat(follow_symlinks=False).st_size for entry in os.scandir(folder))
    except OSError:
        return 0
