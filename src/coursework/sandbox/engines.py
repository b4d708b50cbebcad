"""How notebooks run: one after the other in this process, or several at once in Dask workers (see `clusters`)."""

import functools
import logging
import math
import os
import socket
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from coursework.core.course import Course, StaffError
from coursework.core.text import reason
from coursework.sandbox import gpus, machines, worker
from coursework.sandbox.clusters import client_of
from coursework.sandbox.tasks import run_task

AHEAD = 3  # tasks for each worker that are sent before it asks for them
PATIENCE = 60.0  # seconds without any worker that has a GPU, until what asks for one uses a CPU
FRESH = 1.0  # seconds that what is known of the workers is taken for true
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
    own = functools.cache(_own_devices)  # asked, and a fault of it said, once
    for key, make in makers.items():
        began(key, f"{socket.gethostname()}/{os.getpid()}")
        made = _made(make)
        with_gpu = made.get("gpu") and course.settings.gpus
        yield key, made if "error" in made else run_task(made, own() if with_gpu else ())


def _own_devices() -> tuple[Path, ...]:
    """The device files of the first GPU of this machine; none where it is missing."""
    try:
        return gpus.own_devices()
    except gpus.NoDevice as error:
        logger.warning("c.CourseworkSettings.gpus has some, but %s: notebooks use the CPU", error)
        return ()


def _made(make: Callable[[], dict]) -> dict:
    """The task, or its answer where it cannot be made: that is one submission's fault."""
    try:
        return make()
    except StaffError as error:
        return {"error": str(error)}


def on_dask(course: Course, makers: Makers, began: Began) -> Iterator[tuple[str, dict]]:
    """On Dask workers; those on machines that differ from this one are named once, and not used."""
    topic = f"coursework-{uuid.uuid4()}"
    with client_of(course, len(makers)) as client:
        client.subscribe_topic(topic, lambda event: began(event[1]["key"], event[1]["at"]))
        yield from _Run(course, makers, client, topic).answers()


class _Workers:
    """The workers of a client. An answer names all of them, so the scheduler is asked once a second at most: for
    thousands it would cost more than all else that is done for a task."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.answers: dict[str, tuple[float, Any]] = {}

    def _of_late(self, what: str, ask: Callable[[], Any]) -> Any:
        asked, answer = self.answers.get(what, (-math.inf, None))
        if time.monotonic() - asked >= FRESH:
            answer = ask()
            self.answers[what] = time.monotonic(), answer
        return answer

    @property
    def threads(self) -> dict[str, int]:
        """address → notebooks that run there at once."""
        return self._of_late("threads", self.client.nthreads)

    def with_gpu(self) -> set[str]:
        return self._of_late("gpu", lambda: gpus.declaring(self.client.scheduler_info(n_workers=-1)["workers"]))


class _Run:
    """The tasks of one run, on the workers of a Dask client."""

    def __init__(self, course: Course, makers: Makers, client: Any, topic: str) -> None:
        from distributed import as_completed

        self.makers, self.client, self.topic = makers, client, topic
        self.here = machines.about(str(course.data) if course.data else None)
        self.todo, self.done = iter(makers.items()), 0
        self.workers = _Workers(client)
        self.running = as_completed()
        self.keys: dict[Any, str] = {}  # future → key
        self.on_gpu: dict[Any, dict] = {}  # future → its task, of those that were sent to workers with a GPU
        self.unfit: dict[str, str] = {}  # Dask's address → why
        self.said: set[str] = set()
        # A batch system's jobs may come late: a GPU that they are to have is waited for.
        self.gpu_will_come = bool(course.settings.cluster.get("gpu")) and not course.settings.scheduler

    def answers(self) -> Iterator[tuple[str, dict]]:
        yield from self._feed()
        for future in self._completed():
            if future not in self.keys:  # it was taken back
                continue
            if future.cancelled():
                raise StaffError(
                    f"the Dask scheduler went away, {self._how_far()}: start it, and run the command again"
                )
            error = future.exception()
            answer = {"error": reason(error)} if error else future.result()
            key = self.keys.pop(future)
            self.on_gpu.pop(future, None)
            future.release()
            if "unfit" in answer:
                self._exclude(answer)
                self._submit(key, self.makers[key]())
                continue
            if "deviceless" in answer:
                self._say(f"worker {answer['at']} declares a GPU, but {answer['deviceless']}: notebooks use its CPU")
            self.done += 1
            lost = list(self._feed())  # before the answer is worked on, so that no worker waits for that
            yield key, answer
            yield from lost

    def _how_far(self) -> str:
        return f"{self.done} of {len(self.makers)} done"

    def _say(self, line: str) -> None:
        """Once."""
        if line not in self.said:
            self.said.add(line)
            logger.warning(line)

    def _feed(self) -> Iterator[tuple[str, dict]]:
        """Send as many tasks as will soon run; yields the answers of those that could not be made."""
        while len(self.keys) < AHEAD * max(1, sum(self.workers.threads.values())) and (entry := next(self.todo, None)):
            made = _made(entry[1])
            if "error" in made:
                yield entry[0], made
                continue
            self._submit(entry[0], made)

    def _submit(self, key: str, task: dict) -> None:
        where: dict[str, Any] = {}
        if gpu := bool(task.get("gpu")) and self._has_gpu():
            where = {"resources": {gpus.RESOURCE: 1}}
        elif task.get("gpu"):
            self._say("no worker has a GPU: the notebooks that ask for one use a CPU")
        if self.unfit:
            fit = [address for address in self.workers.threads if address not in self.unfit]
            # Loosely, so that a task is not stuck when all of these are gone.
            where |= {"workers": fit, "allow_other_workers": True} if fit else {}
        arguments = (task, key, self.topic, self.here, gpu)
        future = self.client.submit(worker.run, *arguments, pure=False, retries=1, **where)
        self.keys[future] = key
        if gpu:
            self.on_gpu[future] = task
        self.running.add(future)

    def _exclude(self, answer: dict) -> None:
        """A worker that answered that it cannot grade; raises StaffError when none is left."""
        if answer["worker"] not in self.unfit:
            logger.warning("worker %s is not used: %s", answer["at"], answer["unfit"])
        self.unfit[answer["worker"]] = f"{answer['at']}: {answer['unfit']}"
        if set(self.client.nthreads()) <= set(self.unfit):
            raise StaffError(f"no worker can grade here, {self._how_far()}: {next(iter(self.unfit.values()))}")

    def _has_gpu(self) -> bool:
        """Whether a worker declares a GPU, or one will come that does."""
        return self.gpu_will_come or not self.workers.with_gpu() <= set(self.unfit)

    def _completed(self) -> Iterator[Any]:
        """The futures as they complete. Those that wait for a GPU when none has been there for a while go to a CPU."""
        looked = seen = time.monotonic()
        while not self.running.is_empty():
            if not self.on_gpu or self.running.has_ready():
                yield next(self.running)
                continue
            time.sleep(0.05)
            now = time.monotonic()
            if now - looked < PATIENCE / 10:
                continue
            looked, seen = now, now if self._has_gpu() else seen
            if now - seen > PATIENCE:
                self._take_back()

    def _take_back(self) -> None:
        """Send what waits for a GPU to any worker."""
        waiting, self.on_gpu = self.on_gpu, {}
        keys = [self.keys.pop(future) for future in waiting]
        self.client.cancel(list(waiting))
        for key, task in zip(keys, waiting.values(), strict=True):
            self._submit(key, task)


ENGINES: dict[str, Engine] = {"dask": on_dask, "serial": serial}
