"""Seconds per submission of what the main process does for a class, with the gradebook in SQLite and in PostgreSQL.

    python -m benchmarks.gradebooks sqlite|postgresql [--count 1000] [--assignment hw1-mlp]

Nothing is executed: each submission is the reference solution, which runs once, and what it emitted is the answer for
all. Everything else is done: a submission is read and sanitized ("prepare"), then judged and written to the gradebook
and autograded/ ("record"). The server of PostgreSQL is started for this in a temporary folder, as `nobody` for root,
with the durability that it has by default. A second run, which finds everything graded, is "again". Seconds are of CPU,
of this process and of the server, and by the clock, which says something only where nothing else runs.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

import nbformat
import psutil

from benchmarks.bank_class import course_in
from coursework.authoring import release
from coursework.core.course import CONFIG_NAME, Course
from coursework.core.files import write_json
from coursework.grading import autograde
from coursework.judging.reference import executed_source, notebook
from tests.support import postgres

ROOT = Path(__file__).resolve().parents[1]


def class_in(folder: Path, assignment: str, count: int, address: str) -> Course:
    """A course with so many submissions of the reference solution, of which nothing is graded."""
    course = course_in(folder, Course(ROOT), assignment)
    if address:
        config = folder / CONFIG_NAME
        config.write_text(f"{config.read_text()}\nc.CourseDirectory.db_url = {address!r}\n")
    course = Course(folder)
    nb = nbformat.read(course.released(assignment), as_version=4)
    solved = {cell.id: cell.source for cell in notebook(course, assignment).cells}
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("solution"):
            cell.source = solved[cell.id]
    text = nbformat.writes(nb)
    for number in range(count):
        place = course.submitted(f"student{number:05}", assignment)
        place.mkdir(parents=True)
        (place / f"{assignment}.ipynb").write_text(text)
        about = {"student": place.parent.name, "assignment": assignment, "gradable": True, "repairs": []}
        write_json(place / "repair.json", about)
    release.ensure_recorded(course, assignment)
    return course


def timed(course: Course, assignment: str) -> list[tuple[float, float, float]]:
    """Of each submission, in the order in which they are done: seconds of CPU of preparing and of recording it, and
    seconds by the clock of recording it."""
    answer = nbformat.writes(executed_source(course, assignment, notebook(course, assignment)))
    found = []

    def run_all(_: Course, makers: dict, *more: object) -> Iterator[tuple[str, dict]]:
        for student, make in makers.items():
            begun = time.process_time()
            make()
            ready, clock = time.process_time(), time.perf_counter()
            yield student, {"notebook": answer, "evidence": {}, "error": None}
            found.append((ready - begun, time.process_time() - ready, time.perf_counter() - clock))
            if len(found) % 50 == 0:
                print(f"  {len(found)}: {_medians(found[-50:])}", file=sys.stderr, flush=True)

    with patch.object(autograde, "run_all", run_all):
        summary = autograde.autograde(course, assignment)
    wrong = [row.error or row.score for row in summary.rows if row.error or row.score != summary.rows[0].score]
    assert not wrong and summary.rows[0].score > 0, wrong[:3]
    return found


def _medians(part: list[tuple[float, float, float]]) -> str:
    return " | ".join(f"{statistics.median(column):.3f}" for column in zip(*part, strict=True))


def _server_cpu() -> float:
    """CPU seconds of all servers of PostgreSQL here, also of their processes that have ended."""
    total = 0.0
    for process in psutil.process_iter(["name", "ppid"]):
        with suppress(psutil.Error):
            if process.name() == "postgres" and process.parent().name() != "postgres":
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
                total += sum(sum(child.cpu_times()[:2]) for child in process.children())
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=["sqlite", "postgresql"])
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--assignment", default="hw1-mlp")
    words = parser.parse_args()
    os.environ.pop("COURSEWORK_DATA", None)
    if words.kind == "postgresql" and not postgres.FOUND:
        sys.exit("PostgreSQL is missing: apt-get install postgresql")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(postgres.running(durable=True)) if words.kind == "postgresql" else ""
        course = class_in(folder, words.assignment, words.count, address)
        server = _server_cpu()
        begun = time.perf_counter()
        found = timed(course, words.assignment)
        whole, server = time.perf_counter() - begun, _server_cpu() - server
        again = time.process_time()
        with patch.object(autograde, "run_all", lambda *_: iter(())):
            assert len(autograde.autograde(course, words.assignment).rows) == words.count
        again = time.process_time() - again
    print(f"{words.kind}, {words.count} submissions of {words.assignment}, {whole:.0f} s by the clock; a submission:")
    print("| submissions | prepare, CPU s | record, CPU s | record, s by the clock |\n|---|---|---|---|")
    step = max(1, words.count // 4)
    for first in range(0, words.count, step):
        part = found[first : first + step]
        print(f"| {first + 1} to {first + len(part)} | {_medians(part)} |")
    print(f"the server: {server / words.count:.4f} s of CPU; again: {again / words.count:.4f} s of CPU")


if __name__ == "__main__":
    main()
