"""Ctrl-C, and a request to end: one line, nothing of ours left running, and nothing lost.

What is written is written whole (see `files`), so a command may end anywhere, also by kill -9. To end by a signal is
the same with its processes ended first. Nothing is unwound: a second Ctrl-C, or a library that catches the first one,
changes nothing.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from multiprocessing import resource_tracker
from typing import Any

import psutil

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LINE = "Stopped. What was finished is kept; run the command again for the rest."
PATIENCE = 5.0  # seconds for the processes to end
PR_SET_CHILD_SUBREAPER = 36
_ending: list[Callable[[], Any]] = []


@contextmanager
def at_stop(call: Callable[[], Any]) -> Iterator[None]:
    """Do this, too, if the command is stopped meanwhile: take back jobs on other machines, write a last word."""
    _ending.append(call)
    try:
        yield
    finally:
        _ending.remove(call)


@contextmanager
def held_back() -> Iterator[None]:
    """Ctrl-C waits until this is over, and reaches no process or thread that is started meanwhile, only this one."""
    _tracked()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _tracked() -> None:
    """Start what multiprocessing keeps account with. Later it would do so itself, in the thread that starts a process,
    and leave Ctrl-C let through there. Without a standard error of ours: when a command is killed, it complains of what
    that command has not given back, and gives it back."""
    with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):
        resource_tracker.ensure_running()


def listen() -> None:
    """From now on the signals that end a command end it so; in the main thread only.

    What is orphaned meanwhile becomes our child: a terminal's Ctrl-C also reaches the processes in between, and what
    they had started must still be found.
    """
    _adopt()
    for number in SIGNALS:
        signal.signal(number, _stop)


def _adopt() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _stop(number: int, _: Any) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    for call in reversed(_ending):
        with suppress(Exception):
            call()
    said, shown = os.dup(2), os.dup(1)
    for stream in (1, 2):  # the threads of this process go on, and would tell of processes that are gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    end_children()
    if os.isatty(shown):  # away with the bar, and the cursor is seen again
        os.write(shown, b"\r\x1b[2K\x1b[?25h")
    os.write(said, f"{LINE}\n".encode())
    os._exit(128 + number)


def end_children() -> None:
    """Kill all processes below this one, and wait until they have ended; what is orphaned by that becomes our child,
    and is found the next time. All are halted first, so that none has anything to say about another's end."""
    _adopt()
    until, killed = time.monotonic() + PATIENCE, set[psutil.Process]()
    while time.monotonic() < until:
        found = set(psutil.Process().children(recursive=True)) - killed
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for process in found:
                with suppress(psutil.Error):
                    process.send_signal(number)
        killed |= found
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not found and not any(map(_runs, killed)):
            break
        time.sleep(0.02)


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False
