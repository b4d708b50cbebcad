"""How notebooks run: one after the other in this process, or several at once in Dask workers (see `clusters`)."""

import logging
import os
import socket
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from coursework.core.course import Course, StaffError
from coursework.core.text import reason
from coursework.sandbox import machines, worker
from coursework.sandbox.clusters import client_of
from coursework.sandbox.execute import run_task

AHEAD = 3  # tasks for each worker that are sent before it asks for them
Makers = Mapping[str, Callable[[], dict]]
Began = Callable[[str, str], None]
logger = logging.getLogger(__name__)


class Engine(Protocol):
    """What runs the tasks that `makers` make; see `run_all`."""

    def __call__(self, course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]: ...


def run_all(course: Course, makers: Makers, began: Began = lambda key, worker: None) -> Iterator[tuple[str, dict]]:
    """Run tasks on the course's engine; yields (key, answer) as each is done, a lost worker's as an error.

    `began(key, worker)` is called, from any thread, when a task begins; a worker is named host/process.
    A task is made when it will soon run: those of a large class, with the files that were handed in, need not be in
    memory together. Where making it raises StaffError, that is its answer. Raises StaffError when the engine is gone;
    what was yielded before stays graded.
    """
    elsewhere = course.settings.scheduler or course.settings.cluster  # what is named is meant
    name = "dask" if elsewhere else course.settings.engine
    return ENGINES[name](course, makers, began) if makers else iter(())


def serial(course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]:
    """One after the other in this process: no cluster to start, and a debugger works in it."""
    for key, make in makers.items():
        began(key, f"{socket.gethostname()}/{os.getpid()}")
        made = _made(make)
        yield key, made if "error" in made else run_task(made)


def _made(make: Callable[[], dict]) -> dict:
    """The task, or its answer where it cannot be made: that is one submission's fault."""
    try:
        return make()
    except StaffError as error:
        return {"error": str(error)}


def on_dask(course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]:
    """On Dask workers; those on machines that differ from this one are named once, and not used."""
    from distributed import as_completed

    todo, topic = iter(makers.items()), f"coursework-{uuid.uuid4()}"
    here = machines.about(str(course.data) if course.data else None)
    unfit: dict[str, str] = {}  # Dask's address → why
    with client_of(course, len(makers)) as client:
        client.subscribe_topic(topic, lambda event: began(event[1]["key"], event[1]["at"]))
        running = as_completed()
        keys: dict[Any, str] = {}
        done = 0

        def submit(key: str, task: dict) -> None:
            # Loosely, so that a task is not stuck when all of these are gone.
            fit = [address for address in client.nthreads() if address not in unfit] if unfit else None
            where: dict[str, Any] = {"workers": fit, "allow_other_workers": True} if fit else {}
            future = client.submit(worker.run, task, key, topic, here, pure=False, retries=1, **where)
            keys[future] = key
            running.add(future)

        def feed() -> Iterator[tuple[str, dict]]:
            """Send as many tasks as will soon run; yields the answers of those that could not be made."""
            most = AHEAD * max(1, sum(client.nthreads().values()))
            while len(keys) < most and (entry := next(todo, None)):
                made = _made(entry[1])
                if "error" in made:
                    yield entry[0], made
                    continue
                submit(entry[0], made)

        yield from feed()
        for future in running:
            if future.cancelled():
                raise StaffError(
                    f"the Dask scheduler went away, {done} of {len(makers)} done: start it, and run the command again"
                )
            error = future.exception()
            answer = {"error": reason(error)} if error else future.result()
            key = keys.pop(future)
            future.release()
            if "unfit" in answer:
                if answer["worker"] not in unfit:
                    logger.warning("worker %s is not used: %s", answer["at"], answer["unfit"])
                unfit[answer["worker"]] = f"{answer['at']}: {answer['unfit']}"
                if set(client.nthreads()) <= set(unfit):
                    raise StaffError(
                        f"no worker can grade here, {done} of {len(makers)} done: {next(iter(unfit.values()))}"
                    )
                submit(key, makers[key]())
                continue
            done += 1
            lost = list(feed())  # before the answer is worked on, so that no worker waits for that
            yield key, answer
            yield from lost


ENGINES: dict[str, Engine] = {"dask": on_dask, "serial": serial}
