"""Where Dask's workers are: on this machine, in jobs of a batch system, or with a scheduler that is named."""

import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import psutil

from coursework.core import stopping
from coursework.core.course import Course, StaffError
from coursework.core.text import reason
from coursework.sandbox import gpus, keys, worker

OURS = {"kind", "jobs", "gpu"}  # keys of `c.CourseworkSettings.cluster`; the others are dask-jobqueue's
RENAMED = {"prologue": "job_script_prologue"}
# Clients and schedulers keep their last messages for Dask's own developers, a thousand and whole: with a notebook in
# each that is more than a gigabyte (findings/dask-keeps-a-thousand-tasks.sh).
FEW_MESSAGES = {"distributed.admin.low-level-log-length": 10}
_begun: Future[AbstractContextManager[Any]] | None = None  # workers of this machine that nobody has yet


def hush() -> None:
    """What Dask says of its own insides (a nanny, a closed stream) is nothing that staff can act on: errors alone stay.

    It sets up its loggers when it is imported; `dask.config` reaches only those of workers that start later.
    """
    import distributed  # noqa: F401

    for name in ("distributed", "distributed.worker", "distributed.scheduler", "distributed.core"):
        logging.getLogger(name).setLevel(logging.ERROR)
    # Of a worker that does not start, and of a gradebook that cannot be written: both are raised, too.
    for name in ("distributed.nanny", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


@contextmanager
def client_of(course: Course, jobs: int) -> Iterator[Any]:
    """A Dask client: of the configured scheduler or batch system, else of at most `jobs` workers of this machine."""
    import dask
    from distributed import Client

    settings = course.settings
    hush()
    with dask.config.set(FEW_MESSAGES):
        if settings.scheduler:
            yield from _of_scheduler(settings.scheduler, keys.security(course))
        elif settings.cluster:
            yield from _of_batch_system(course)
        else:
            workers = max(1, min(jobs, settings.workers or os.cpu_count() or 1))
            with (
                _taken() or _on_this_machine(workers, min(workers, settings.gpus)) as cluster,
                Client(cluster) as client,
            ):
                yield client


@contextmanager
def begun(course: Course, jobs: int) -> Iterator[None]:
    """Meanwhile the workers of this machine start, with their warm processes, beside what else the command does:
    `client_of` has them then. With another engine or other machines, with GPUs or without jobs nothing starts."""
    global _begun
    settings = course.settings
    if not jobs or settings.engine != "dask" or settings.scheduler or settings.cluster or settings.gpus:
        yield
        return
    workers, data = min(jobs, settings.workers or os.cpu_count() or 1), course.data
    with ThreadPoolExecutor(1, "cluster") as pool:
        _begun = pool.submit(_warmed, workers, str(data) if data else None)
        try:
            yield
        finally:
            with suppress(Exception), _taken() or nullcontext():
                pass  # nobody had them


def _taken() -> AbstractContextManager[Any] | None:
    """The cluster that `begun` has started, once; leaving it ends its workers."""
    global _begun
    started, _begun = _begun, None
    return started.result() if started else None


def _warmed(workers: int, data: str | None) -> AbstractContextManager[Any]:
    from distributed import Client, fire_and_forget

    hush()
    with ExitStack() as stack:
        cluster = stack.enter_context(_on_this_machine(workers, 0))
        with Client(cluster) as client:
            for address in client.nthreads():
                fire_and_forget(client.submit(worker.warm_up, data, workers=[address], pure=False))
        return _Open(stack.pop_all(), cluster)


class _Open(AbstractContextManager[Any]):
    """A cluster that is there already: entered in one thread, left in another."""

    def __init__(self, stack: ExitStack, cluster: Any) -> None:
        self._stack, self._cluster = stack, cluster

    def __enter__(self) -> Any:
        return self._cluster

    def __exit__(self, *about: Any) -> None:
        self._stack.__exit__(*about)


@contextmanager
def _on_this_machine(workers: int, with_gpu: int) -> Iterator[Any]:
    import dask

    # One notebook a worker at a time: the kernel beside it does the work. A worker that dies takes only its task.
    first = 0 if with_gpu else workers
    options: dict[str, Any] = {"n_workers": first, "threads_per_worker": 1, "processes": True, "memory_limit": None}
    quiet: dict[str, Any] = {"distributed.worker.daemon": False, "distributed.logging.distributed": "error"}
    # Dask looks a hundred times a second at what a worker's thread does, which waits for a kernel, fifty times at
    # whether its own loops are late, and twice at what the machine does.
    quiet |= {"distributed.worker.profile.enabled": False, "distributed.admin.tick.interval": "1s"}
    quiet |= {"distributed.admin.tick.cycle": "10s", "distributed.admin.system-monitor.interval": "5s"}
    with dask.config.set(quiet | FEW_MESSAGES | {"distributed.worker.preload": [worker.__name__]}):
        with stopping.held_back():
            cluster = _local(options)
            if with_gpu:
                _scale(cluster, workers, with_gpu)
        with cluster:
            yield cluster


def _local(options: dict[str, Any]) -> Any:
    """A cluster of this machine; begun once more where a worker's process ends while it starts. Raises StaffError."""
    from distributed import LocalCluster

    # Without warnings of the workers', too: of tasks that the end of the run has cancelled, say.
    begin = partial(LocalCluster, dashboard_address="127.0.0.1:0", silence_logs=logging.ERROR, **options)
    with suppress(RuntimeError):
        return begin()
    try:
        return begin()
    except RuntimeError as error:
        raise StaffError(
            f"the workers of this machine end while they start ({reason(error)}): is there enough memory? "
            "Run it with fewer, c.CourseworkSettings.workers = 1, or with --engine serial"
        ) from None


def _scale(cluster: Any, workers: int, with_gpu: int) -> None:
    """Start the workers of a cluster that has none: the first ones with a GPU each."""
    plain = cluster.new_spec
    for number in range(with_gpu):
        own = {"resources": {gpus.RESOURCE: 1}, "env": {"CUDA_VISIBLE_DEVICES": gpus.visible(number)}}
        cluster.new_spec = plain | {"options": plain["options"] | own}
        cluster.scale(number + 1)
    cluster.new_spec = plain
    cluster.scale(workers)


def _of_scheduler(address: str, security: Any) -> Iterator[Any]:
    from distributed import Client

    if (encrypted := address.startswith("tls://")) != bool(security):
        why = "tls:// needs c.CourseworkSettings.cluster_keys" if encrypted else "with cluster_keys it is at tls://…"
        raise StaffError(f"no Dask scheduler can answer at {address}: {why}")
    try:
        client = Client(address, timeout="10s", security=security)
    except (OSError, ValueError):
        raise StaffError(f"no Dask scheduler answers at {address}: start it, or empty the setting") from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # `run_all` says in one line what is wrong
    with client:
        try:
            client.wait_for_workers(1, timeout=60)
        except TimeoutError:
            raise StaffError(f"the Dask scheduler at {address} has no worker: start some") from None
        yield client


def bounds(course: Course) -> tuple[int, int]:
    """Fewest and most jobs, from ``"jobs": 4`` or ``"jobs": [1, 20]``. Raises StaffError."""
    jobs = course.settings.cluster.get("jobs", 1)
    pair = list(jobs) if isinstance(jobs, list | tuple) else [jobs, jobs]
    if len(pair) != 2 or not all(isinstance(n, int) for n in pair) or not 0 <= pair[0] <= pair[1] or pair[1] < 1:
        raise StaffError(f'c.CourseworkSettings.cluster: "jobs" is a number or [fewest, most], not {jobs!r}')
    return pair[0], pair[1]


def batch_system(course: Course) -> Any:
    """dask-jobqueue's cluster object of the setting, with no job yet. Raises StaffError, naming what is wrong."""
    try:
        import dask_jobqueue
    except ImportError:
        raise StaffError("a batch system needs a package more: pip install 'coursework[cluster]'") from None
    kinds = {name.removesuffix("Cluster").lower(): name for name in dir(dask_jobqueue) if name.endswith("Cluster")}
    kinds.pop("jobqueue", None)
    kind = str(course.settings.cluster.get("kind", ""))
    if kind.lower() not in kinds:
        raise StaffError(f'c.CourseworkSettings.cluster: "kind" is one of {", ".join(sorted(kinds))}, not {kind!r}')
    wanted = {RENAMED.get(k, k): v for k, v in course.settings.cluster.items() if k not in OURS}
    cores = wanted.get("cores", 1)
    if course.settings.cluster.get("gpu"):
        if cores != 1:
            raise StaffError(f'c.CourseworkSettings.cluster: with a "gpu" a job has 1 in "cores", not {cores!r}')
        wanted["worker_extra_args"] = [*wanted.get("worker_extra_args", ()), "--resources", f"{gpus.RESOURCE}=1"]
        if kind.lower() == "slurm" and "gpu" not in str(wanted.get("job_extra_directives", "")):
            wanted["job_extra_directives"] = [*wanted.get("job_extra_directives", ()), "--gres=gpu:1"]
    memory = f"{cores * (course.settings.memory_gib + 2):g}GiB"  # of a notebook, and of the worker that runs it
    wanted = {"cores": cores, "processes": cores, "memory": memory} | wanted
    wanted.setdefault("scheduler_options", {"dashboard_address": "127.0.0.1:0"})
    wanted.setdefault("log_directory", str(course.state("jobs")))
    security = keys.security(course)
    if security:
        wanted |= {"security": security, "protocol": "tls://"}
    bounds(course)
    try:
        return getattr(dask_jobqueue, kinds[kind.lower()])(**wanted)
    except (TypeError, ValueError) as error:
        raise StaffError(f"c.CourseworkSettings.cluster: {str(error).splitlines()[0]}") from None


def _of_batch_system(course: Course) -> Iterator[Any]:
    from distributed import Client

    fewest, most = bounds(course)
    with batch_system(course) as cluster, stopping.at_stop(cluster.close), Client(cluster) as client:
        for name in ("distributed.client", "distributed.scheduler"):  # a lost job's results are worked out again
            logging.getLogger(name).setLevel(logging.CRITICAL)
        cluster.adapt(minimum_jobs=fewest, maximum_jobs=most)  # also where both are equal: a lost job is replaced
        yield client


def in_clear(course: Course) -> str:
    """One line when submissions leave this machine unencrypted, else ""."""
    address = course.settings.scheduler
    if course.settings.cluster and not address:
        where = "the machines of the batch system"
    elif address and not address.startswith("tls://") and not _is_here(urlsplit(address).hostname or ""):
        where = address
    else:
        return ""
    if course.settings.cluster_keys:
        return ""
    return f"Submissions travel in clear to {where}: `coursework cluster keys DIR` makes certificates, see the docs."


def _is_here(host: str) -> bool:
    """Whether a name or number is one of this machine's."""
    own = {address.address.split("%")[0] for found in psutil.net_if_addrs().values() for address in found}
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(a.split("%")[0]).is_loopback or a in own for a in found)
