"""What runs within a Dask worker: a task, if this machine is like the command's, which says that it begins.

Dask's scheduler imports this module, too, when it reads a task, and answers nobody meanwhile. So the rest of the
package is imported where it is needed.
"""

import os
import signal
import socket
from pathlib import Path
from typing import Any


def dask_setup(worker: Any) -> None:
    """Called in a local worker when it starts: Ctrl-C is for the command, which ends its workers."""
    signal.signal(signal.SIGINT, lambda *_: None)  # no SIG_IGN: kernels would inherit that, and can be interrupted
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])


def warm_up(data: str | None) -> None:
    """Find out what this machine has, before the first task comes; what that needs is imported while the warm process
    has its own imports to do."""
    from coursework.sandbox import warm

    warm.also(warm.COMPILER)
    warm.ahead(Path(data) if data else None)
    from coursework.sandbox import machines, tasks  # noqa: F401

    machines.about(data)


def run(task: dict[str, Any], key: str, topic: str, here: dict[str, Any], gpu: bool = False) -> dict[str, Any]:
    """`run_task`; whoever listens to `topic` is told {"key", "at": host/process} at its beginning.

    On a machine that differs from `here`, which is `machines.about` of the command's, nothing runs: {"unfit": why,
    "at": host/process, "worker": Dask's address}. With `gpu` the task has this worker's device; where that is missing,
    it runs without, and the answer says so: {"deviceless": why, "at": …}.
    """
    from distributed import get_worker

    from coursework.sandbox import gpus, machines, tasks, warm

    warm.also(warm.COMPILER)
    at = f"{socket.gethostname()}/{os.getpid()}"
    data = task.get("data")
    if why := machines.differs(machines.about(data), here if data else here | {"data": []}):
        return {"unfit": why, "at": at, "worker": get_worker().address}
    get_worker().log_event(topic, {"key": key, "at": at})
    if not gpu:
        return tasks.run_task(task)
    try:
        return tasks.run_task(task, gpus.own_devices())
    except gpus.NoDevice as error:
        return tasks.run_task(task) | {"deviceless": str(error), "at": at}
