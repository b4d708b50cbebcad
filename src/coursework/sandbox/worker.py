"""What runs within a Dask worker: a task, which says first that it begins, and where."""

import os
import signal
import socket
from typing import Any

from coursework.sandbox.execute import run_task


def dask_setup(worker: Any) -> None:
    """Called in a local worker when it starts: Ctrl-C is for the command, which ends its workers."""
    signal.signal(signal.SIGINT, lambda *_: None)  # no SIG_IGN: kernels would inherit that, and can be interrupted
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def run(task: dict[str, Any], key: str, topic: str) -> dict[str, Any]:
    """`run_task`; whoever listens to `topic` is told {"key", "at": host/process} at its beginning."""
    from distributed import get_worker

    get_worker().log_event(topic, {"key": key, "at": f"{socket.gethostname()}/{os.getpid()}"})
    return run_task(task)
