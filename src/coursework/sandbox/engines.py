"""Where notebooks run: in this process, in Dask workers on this machine, or in those of a scheduler that is named."""

import itertools
import logging
import os
import socket
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

from coursework.core import stopping
from coursework.core.course import Course, StaffError
from coursework.sandbox import worker
from coursework.sandbox.execute import run_task

AHEAD = 3  # tasks for each worker that are sent before it asks for them
Makers = Mapping[str, Callable[[], dict]]
Began = Callable[[str, str], None]


class Engine(Protocol):
    """What runs the tasks that `makers` make; see `run_all`."""

    def __call__(self, course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]: ...


def hush() -> None:
    """What Dask says of its own insides (a nanny, a closed stream) is nothing that staff can act on: errors alone stay.

    It sets up its loggers when it is imported; `dask.config` reaches only those of workers that start later.
    """
    import distributed  # noqa: F401

    for name in ("distributed", "distributed.nanny", "distributed.worker", "distributed.scheduler", "distributed.core"):
        logging.getLogger(name).setLevel(logging.ERROR)


@contextmanager
def client_of(course: Course, jobs: int) -> Iterator[Any]:
    """A Dask client: the configured scheduler, else a local cluster of at most `jobs` workers."""
    import dask
    from distributed import Client, LocalCluster

    hush()
    if course.settings.scheduler:
        address = course.settings.scheduler
        try:
            client = Client(address, timeout="10s")
        except OSError:
            raise StaffError(f"no Dask scheduler answers at {address}: start it, or empty the setting") from None
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # `run_all` says in one line what is wrong
        with client:
            try:
                client.wait_for_workers(1, timeout=60)
            except TimeoutError:
                raise StaffError(f"the Dask scheduler at {address} has no worker: start some") from None
            yield client
        return
    workers = max(1, min(jobs, course.settings.workers or os.cpu_count() or 1))
    # One notebook a worker at a time: the kernel beside it does the work. A worker that dies takes only its task.
    options: dict[str, Any] = {"n_workers": workers, "threads_per_worker": 1, "processes": True, "memory_limit": None}
    quiet = {"distributed.worker.daemon": False, "distributed.logging.distributed": "error"}
    with dask.config.set(quiet | {"distributed.worker.preload": [worker.__name__]}):
        with stopping.held_back():
            cluster = LocalCluster(dashboard_address="127.0.0.1:0", **options)
        with cluster, Client(cluster) as client:
            yield client


def run_all(course: Course, makers: Makers, began: Began = lambda key, worker: None) -> Iterator[tuple[str, dict]]:
    """Run tasks on the course's engine; yields (key, answer) as each is done, a lost worker's as an error.

    `began(key, worker)` is called, from any thread, when a task begins; a worker is named host/process.

    A task is made when it will soon run: those of a large class, with the files that were handed in, need not be in
    memory together. Raises StaffError when the engine is gone; what was yielded before stays graded.
    """
    name = "dask" if course.settings.scheduler else course.settings.engine  # a scheduler that is named is meant
    return ENGINES[name](course, makers, began) if makers else iter(())


def serial(course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]:
    """One after the other in this process: no cluster to start, and a debugger works in it."""
    for key, make in makers.items():
        began(key, f"{socket.gethostname()}/{os.getpid()}")
        yield key, run_task(make())


def on_dask(course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]:
    """On Dask workers of this machine, or on those of the configured scheduler."""
    from distributed import as_completed

    todo, topic = iter(makers.items()), f"coursework-{uuid.uuid4()}"
    with client_of(course, len(makers)) as client:
        client.subscribe_topic(topic, lambda event: began(event[1]["key"], event[1]["at"]))
        running = as_completed()
        keys: dict[Any, str] = {}

        def feed() -> None:
            room = AHEAD * max(1, sum(client.nthreads().values())) - len(keys)
            for key, make in itertools.islice(todo, max(0, room)):
                future = client.submit(worker.run, make(), key, topic, pure=False, retries=1)
                keys[future] = key
                running.add(future)

        feed()
        for done, future in enumerate(running):
            if future.cancelled():
                raise StaffError(
                    f"the Dask scheduler went away, {done} of {len(makers)} done: start it, and run the command again"
                )
            error = future.exception()
            answer = {"error": f"{type(error).__name__}: {error}"} if error else future.result()
            key = keys.pop(future)
            future.release()
            feed()
            yield key, answer


ENGINES: dict[str, Engine] = {"dask": on_dask, "serial": serial}
