"""A class of thousands on a cluster that does not exist: what becomes the limit. A simulation.

    python -m benchmarks.scale SUBMISSIONS WORKERS [--scale 0.05] [--prepare S] [--record S]

The main process's own way of running a class (`sandbox.engines`) and a real Dask scheduler hand out tasks to fake
workers, many in one process. A task carries as many bytes as a submission of hw1-mlp, there and back, and sleeps as
long as one of those took (`TIMES`), times `--scale`. In the main process preparing and recording a submission are busy
waiting, also scaled; the default seconds are those of `benchmarks.gradebooks`. What Dask itself does cannot be scaled:
its CPU seconds are measured, and told apart from what is simulated.
"""

import argparse
import functools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import psutil

from coursework.core.course import Course
from coursework.sandbox import engines, machines, tasks
from tests.support.course import write_course

# CPU seconds of the 44 submissions of hw1-mlp of a class that came as Canvas, Moodle and others save it.
TIMES = (
    1.66, 1.73, 1.82, 1.85, 1.87, 1.94, 1.96, 1.98, 2.01, 2.03, 2.05, 2.06, 2.07, 2.07, 2.07, 2.07, 2.08, 2.13, 2.19,
    2.2, 2.21, 2.22, 2.23, 2.27, 2.29, 2.3, 2.3, 2.32, 2.33, 2.34, 2.36, 2.37, 2.43, 2.46, 2.46, 2.48, 2.48, 2.5, 2.5,
    2.6, 2.72, 2.78, 2.87, 4.67,
)  # fmt: skip
SENT, RETURNED = 150_000, 250_000  # bytes
ALIKE = {"sandbox": "", "data": [], "coursework": "", **dict.fromkeys(("python", "machine", *machines.PACKAGES), "")}


def asleep(task: dict) -> dict:
    """What a fake worker does instead of running a notebook."""
    time.sleep(task["seconds"])
    return {"notebook": "x" * RETURNED, "evidence": {}, "error": None}


async def fake_workers(address: str, count: int) -> None:
    """So many workers in this process, until the scheduler is gone."""
    import asyncio

    import dask
    from distributed import Worker

    # A hundred in one process would spend it on watching themselves.
    dask.config.set({"distributed.worker.profile.enabled": False, "distributed.admin.system-monitor.interval": "60s"})
    found = [Worker(address, nthreads=1, name=str(n), memory_limit=0, dashboard=False) for n in range(count)]
    await asyncio.gather(*found)
    await asyncio.gather(*(one.finished() for one in found))


def process(*words: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def busy(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def task_of(number: int, scale: float, prepare: float) -> dict:
    busy(prepare * scale)
    return {"notebook": "x" * SENT, "seconds": TIMES[number % len(TIMES)] * scale}


def simulate(course: Course, count: int, scale: float, prepare: float, record: float) -> dict[str, float]:
    """Wall and CPU seconds of this process, as they are; how long workers waited comes from the whole."""
    makers: dict[str, Callable[[], dict]] = {
        str(n): functools.partial(task_of, n, scale, prepare) for n in range(count)
    }
    begun, used, done = time.perf_counter(), time.process_time(), 0
    with patch.object(machines, "about", lambda data: ALIKE):
        for _, answer in engines.run_all(course, makers):
            assert answer["error"] is None, answer
            busy(record * scale)
            done += 1
            if done % 10_000 == 0:
                print(f"{done} after {time.perf_counter() - begun:.0f} s", file=sys.stderr, flush=True)
    assert done == count
    return {"wall": time.perf_counter() - begun, "cpu": time.process_time() - used}


def measured(words: argparse.Namespace) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "scheduler.json")
        scheduler = process("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
                            "--no-dashboard", "--scheduler-file", str(file))  # fmt: skip
        others: list[subprocess.Popen] = []
        try:
            while not file.exists() or not file.read_text().strip():
                time.sleep(0.1)
            address = json.loads(file.read_text())["address"]
            others = [process("-m", "benchmarks.scale", "--fake", address, str(words.workers))]
            course = write_course(Path(folder))
            course.settings.scheduler = address
            from distributed import Client

            with Client(address) as client:
                client.wait_for_workers(words.workers, timeout=300)
            about = psutil.Process(scheduler.pid)
            before = sum(about.cpu_times()[:2])
            found = simulate(course, words.submissions, words.scale, words.prepare, words.record)
            found["scheduler"] = sum(about.cpu_times()[:2]) - before
            found["scheduler_mib"] = about.memory_info().rss / 2**20
            found["mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            return found
        finally:
            for one in [*others, scheduler]:
                one.kill()
                one.wait()


def main() -> None:
    if sys.argv[1:2] == ["--fake"]:
        import asyncio

        with patch.object(tasks, "run_task", asleep), patch.object(machines, "about", lambda data: ALIKE):
            asyncio.run(fake_workers(sys.argv[2], int(sys.argv[3])))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("submissions", type=int)
    parser.add_argument("workers", type=int)
    parser.add_argument("--scale", type=float, default=0.05)
    parser.add_argument("--prepare", type=float, default=0.03, help="seconds of the main process, a submission")
    parser.add_argument("--record", type=float, default=0.1)
    words = parser.parse_args()
    os.environ.pop("COURSEWORK_DATA", None)
    found, n = measured(words), words.submissions
    ours = (words.prepare + words.record) * words.scale
    work = sum(TIMES[i % len(TIMES)] for i in range(n)) * words.scale
    print(f"{n} submissions, {words.workers} fake workers, all times × {words.scale:g}: {found['wall']:.1f} s")
    print(f"  the workers alone {work / words.workers:.1f} s, the main process's own work {ours * n:.1f} s")
    print(f"  workers busy {work / words.workers / found['wall']:.0%}")
    print(f"  Dask, a task: {1000 * (found['cpu'] / n - ours):.2f} ms of CPU in the main process, "
          f"{1000 * found['scheduler'] / n:.2f} ms in the scheduler")  # fmt: skip
    print(f"  memory: main process {found['mib']:.0f} MiB, scheduler {found['scheduler_mib']:.0f} MiB")


if __name__ == "__main__":
    main()
