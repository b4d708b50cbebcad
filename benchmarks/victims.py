"""The command that benchmarks.kills disturbs, what runs below it, and the ways in which a part of it dies."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import psutil

from coursework.core import stopping
from coursework.core.course import Course
from coursework.core.files import read_json

A = "hw0-tiny"
PATIENCE = 60.0  # seconds that what is orphaned has to end
LINE = [sys.executable, "-m", "benchmarks.lean"]


class Run:
    """The command, as a terminal starts it, and all processes that are seen below it."""

    def __init__(self, course: Course) -> None:
        self.place = course.root.parents[1]  # what it says is not lost on a disk that is full
        command = [*LINE, "autograde", A, "--course", str(course.root), "--engine", "dask"]
        with (self.place / "out.log").open("w") as out, (self.place / "err.log").open("w") as err:
            self.process = subprocess.Popen(command, stdout=out, stderr=err, start_new_session=True)
        self.main = psutil.Process(self.process.pid)
        self.state = course.state(f"run-{A}.json")
        self.seen: set[psutil.Process] = set()

    @property
    def goes_on(self) -> bool:
        return self.process.poll() is None

    def wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self.goes_on and time.monotonic() < until:
            with contextlib.suppress(psutil.Error):
                self.seen |= set(self.main.children(recursive=True))
            time.sleep(0.05)

    def until_first(self) -> None:
        """Until the first submission begins."""
        while self.goes_on:
            state = read_json(self.state) or {}
            if state.get("first") and state.get("process") == self.process.pid:
                break
            self.wait(0.1)

    def ended(self, victim: str) -> list[str]:
        """What is wrong with how it ended: what still runs a while later, and what it said."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(map(runs, self.seen)):
            time.sleep(0.2)
        wrong = [f"still runs: {' '.join(process.cmdline())[:100]}" for process in self.seen if runs(process)]
        said = (self.place / "err.log").read_text()
        if victim == "Ctrl-C" and (self.process.returncode, said) != (130, f"{stopping.LINE}\n"):
            wrong.append(f"exit {self.process.returncode}, said {said[-200:]!r}")
        if "Traceback" in said:
            wrong.append(f"a traceback: {said.strip()!r}")
        return wrong


def runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def kind(process: psutil.Process) -> str:
    line = " ".join(process.cmdline())
    if "multiprocessing.spawn" in line:
        return "worker"
    if "/run/zygote.py" in line and process.name() != "bwrap":
        return "kernel" if process.uids().effective >= 200_000 else "warm process"
    return ""


def parts(main: psutil.Process, victim: str, extra: list[subprocess.Popen]) -> list[psutil.Process]:
    """The running processes of this kind."""
    if victim == "main process":
        return [main]
    if victim == "scheduler":
        return [psutil.Process(extra[0].pid)]
    below, chosen = [], []
    for top in [main, *(psutil.Process(one.pid) for one in extra)]:
        with contextlib.suppress(psutil.Error):
            below += top.children(recursive=True)
    for process in below:
        with contextlib.suppress(psutil.Error):
            if kind(process) == victim:
                chosen.append(process)
    return chosen


@contextlib.contextmanager
def scheduler(course: Course, named: bool) -> Iterator[list[subprocess.Popen]]:
    """A scheduler and two workers of their own, `named` in the settings."""
    if not named:
        yield []
        return
    config = course.root / "nbgrader_config.py"
    before = config.read_text()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    words = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port)]
    more = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nworkers", "2"]
    more += ["--nthreads", "1", "--preload", "benchmarks.lean"]
    running = [
        subprocess.Popen([*line, "--no-dashboard"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for line in (words, more)
    ]
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:  # it listens
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            break
        time.sleep(0.2)
    config.write_text(f'{before}\nc.CourseworkSettings.scheduler = "tcp://127.0.0.1:{port}"\n')
    try:
        yield running
    finally:
        config.write_text(before)
        for one in running:
            for process in [*psutil.Process(one.pid).children(recursive=True), one] if one.poll() is None else []:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            one.wait()


def strike(course: Course, victim: str, run: Run, extra: list[subprocess.Popen], draw: random.Random) -> bool:
    """Let it die, if it is there."""
    if victim == "Ctrl-C":
        os.killpg(run.process.pid, signal.SIGINT)  # a terminal tells all processes of the command
        return True
    if victim == "full disk":
        with contextlib.suppress(OSError), (course.root / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(2**12))
        return True
    with contextlib.suppress(psutil.Error):
        if running := parts(run.main, victim, extra):
            draw.choice(running).kill()
            return True
    return False
