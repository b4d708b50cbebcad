"""Seconds and memory per submission of `coursework autograde` as a class grows: they are to stay as they are.

    python -m benchmarks.flat COUNT [ASSIGNMENT] [--workers 2] [--block 100]

The submissions hold the answers of the bank in turn, right, wrong, ending Python and endless ones (which take their
limit of time). After each block one row is printed: seconds by the clock, CPU seconds of this process and of those that
it has started, and the most that either had in memory (of the others PSS: what several share is counted once).
"""

import argparse
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.bank_class import course_in, hand_ins, submit
from coursework.core.course import Course
from coursework.grading import autograde

ME = psutil.Process()


def memory() -> tuple[float, float]:
    """(MiB of this process, MiB of those that it has started)."""
    others = 0.0
    for child in ME.children(recursive=True):
        with suppress(psutil.Error):
            others += child.memory_full_info().pss
    return ME.memory_info().rss / 2**20, others / 2**20


def load() -> float:
    """CPU seconds of the processes that this one has started, and of theirs that have ended."""
    found = 0.0
    for child in ME.children(recursive=True):
        with suppress(psutil.Error):
            found += sum(child.cpu_times()[:4])
    return found


def graded(course: Course, assignment: str, block: int) -> None:
    """Grade the class; prints a row a block."""
    before = time.perf_counter(), time.process_time(), load()
    most = (0.0, 0.0)

    def tell(done: int, todo: int, last: autograde.Graded | None) -> None:
        nonlocal before, most
        if last is None:  # the workers start now
            before = time.perf_counter(), time.process_time(), load()
            return
        full = done % block == 0 or done == todo
        if done % 10 == 0 or full:
            own, others = memory()
            most = max(most[0], own), max(most[1], others)
        if full:
            size, now = done % block or block, (time.perf_counter(), time.process_time(), load())
            each = [(b - a) / size for a, b in zip(before, now, strict=True)]
            print(
                f"| {done} | {each[0]:.2f} | {each[1]:.3f} | {each[2]:.2f} | {most[0]:.0f} | {most[1]:.0f} |",
                flush=True,
            )
            before, most = now, (0.0, 0.0)

    result = autograde.autograde(course, assignment, tell=tell)
    assert not [row.error for row in result.rows if row.error], next(row for row in result.rows if row.error)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("assignment", nargs="?", default="hw1-mlp")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--block", type=int, default=100)
    words = parser.parse_args()
    here = Course(Path(__file__).resolve().parents[1])
    with tempfile.TemporaryDirectory(prefix="flat-") as folder:
        course = course_in(Path(folder), here, words.assignment)
        course.settings.workers = words.workers
        for number, nb in enumerate(hand_ins(course, words.assignment, words.count)):
            submit(course, words.assignment, f"Student_{number:04d}", nb)
        print(f"{words.assignment}, {words.workers} workers, {os.cpu_count()} cores")
        print("| graded | s each | CPU s of this process, each | of the others, each | its MiB | MiB of the others |")
        print("|---|---|---|---|---|---|")
        graded(course, words.assignment, words.block)


if __name__ == "__main__":
    main()
