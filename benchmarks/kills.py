"""What dies in a grading run, at random moments, and what is lost: nothing.

    python -m benchmarks.kills FOLDER [--runs 10] [--seed 0] [--students 20] [--minutes 8]

A class of the small course (tests/support) is graded once undisturbed. Then, again and again from the beginning, one
part is killed (kill -9) at a moment that the seed draws, or Ctrl-C is pressed, or the disk is full from then on. The
grades that are there are compared, nothing may still run, the command is given again, and all that it leaves is
compared: every grade, who is in the gradebook, and files that are half written or left over.
A line per run goes to FOLDER/kills.csv; a later call goes on with the next seed. `--table` prints what came of all of
them. Needs root for the full disk (a small file system in memory), and to tell a kernel by its uid.
"""

import argparse
import contextlib
import csv
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
from nbgrader.api import Gradebook

from coursework.authoring import release
from coursework.core.course import Course
from tests.support.course import BANK, answered, submit, write_course

VICTIMS = ("main process", "worker", "scheduler", "kernel", "warm process", "full disk", "Ctrl-C")
A = "hw0-tiny"
LINE = [sys.executable, "-m", "coursework.cli.main"]


def class_of(folder: Path, students: int) -> Course:
    """The class, released and handed in, made once."""
    root = folder / "class"
    if not (root / "submitted").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        course = write_course(root)
        release.release(course, A, unproven=True)
        wrong = [text for name, text in BANK["q1-1-double"].items() if name.startswith("00_") and "Any" not in text]
        for number in range(students):
            given = {"double": wrong[number % len(wrong)]} if number % 3 == 0 else {}
            given |= {"count": "ans_1_2 = 6500"} if number % 5 == 0 else {}
            submit(course, f"student{number:02}", answered(course, **given))
    return Course(root)


def found(course: Course) -> dict:
    """All that a run leaves and that must not depend on what died: the grades, cell by cell."""
    grades = {}
    with Gradebook(course.db_url) as book:
        for one in book.assignment_submissions(A):
            assert one.student.id not in grades, f"{one.student.id} twice"
            cells = sorted((g.name, g.auto_score, g.needs_manual_grade) for n in one.notebooks for g in n.grades)
            grades[one.student.id] = [one.score, cells]
    return grades


def faults(course: Course) -> list[str]:
    """Files that are half written or left over."""
    said = []
    for stage in ("submitted", "autograded", "feedback"):
        for path in course.stage(stage).rglob("*"):
            if path.name.endswith((".part", ".before", ".new")):
                said.append(f"left over: {path.relative_to(course.root)}")
            elif path.suffix in (".json", ".ipynb") and path.is_file():
                try:
                    json.loads(path.read_text(encoding="utf-8"))
                except ValueError:
                    said.append(f"half written: {path.relative_to(course.root)}")
    have = set(course.holders("autograded", A, "verdict.json"))
    if have != set(course.students(A)):
        said.append(f"autograded/ has {len(have)} of {len(course.students(A))}")
    return said


def parts(main: psutil.Process, victim: str, extra: list[subprocess.Popen]) -> list[psutil.Process]:
    """The running processes of this kind."""
    if victim == "main process":
        return [main]
    if victim == "scheduler":
        return [psutil.Process(extra[0].pid)]
    below = []
    for top in [main, *(psutil.Process(one.pid) for one in extra)]:
        with contextlib.suppress(psutil.Error):
            below += top.children(recursive=True)

    def kind(process: psutil.Process) -> str:
        line = " ".join(process.cmdline())
        if "multiprocessing.spawn" in line:
            return "worker"
        if "/run/zygote.py" in line and process.name() != "bwrap":
            return "kernel" if process.uids().effective >= 200_000 else "warm process"
        return ""

    chosen = []
    for process in below:
        with contextlib.suppress(psutil.Error):
            if kind(process) == victim:
                chosen.append(process)
    return chosen


@contextlib.contextmanager
def scheduler(course: Course, victim: str) -> Iterator[list[subprocess.Popen]]:
    """A scheduler and two workers of their own where the scheduler is to die."""
    if victim != "scheduler":
        yield []
        return
    config = course.root / "nbgrader_config.py"
    before = config.read_text()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": course.root.parent}
    module = [sys.executable, "-m"]
    running = [
        subprocess.Popen([*module, "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port),
                          "--no-dashboard"], **quiet),
        subprocess.Popen([*module, "distributed.cli.dask_worker", f"tcp://127.0.0.1:{port}", "--nworkers", "2",
                          "--nthreads", "1", "--no-dashboard"], **quiet),
    ]  # fmt: skip
    config.write_text(f'{before}\nc.CourseworkSettings.scheduler = "tcp://127.0.0.1:{port}"\n')
    try:
        yield running
    finally:
        config.write_text(before)
        for one in running:
            for process in [*psutil.Process(one.pid).children(recursive=True), one] if one.poll() is None else []:
                with contextlib.suppress(psutil.Error):
                    process.kill()
            one.wait()


def disturbed(course: Course, victim: str, seed: int) -> tuple[float, str]:
    """One run in which the victim dies: (seconds after the first submission began, what was seen of it)."""
    draw = random.Random(seed)
    command = [*LINE, "autograde", A, "--course", str(course.root), "--engine", "dask"]
    with scheduler(course, victim) as extra:
        log = (course.root.parent / "last-run.log").open("w")
        process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        main, state = psutil.Process(process.pid), course.state(f"run-{A}.json")
        while process.poll() is None:  # until the first begins
            with contextlib.suppress(OSError, ValueError):
                if json.loads(state.read_text())["first"]:
                    break
            time.sleep(0.05)
        after = draw.uniform(0, 12)
        begun = time.monotonic()
        time.sleep(after)
        hit = 0
        while process.poll() is None and not hit and time.monotonic() - begun < after + 20:
            if victim == "full disk":
                with contextlib.suppress(OSError), (course.root / "filler").open("wb", buffering=0) as filler:
                    while True:
                        filler.write(bytes(2**16))
                hit = 1
            running = parts(main, victim, extra)
            for one in draw.sample(running, min(1, len(running))):
                with contextlib.suppress(psutil.Error):
                    one.send_signal(signal.SIGKILL)
                    hit += 1
            time.sleep(0.05)
        at = time.monotonic() - begun
        try:
            process.wait(timeout=240)
        except subprocess.TimeoutExpired:
            process.kill()
            return at, "hung"
        finally:
            (course.root / "filler").unlink(missing_ok=True)
    return at, f"exit {process.returncode}" if hit else "over before it died"


def again(course: Course) -> None:
    """The command once more; anything but a whole class is an error."""
    command = [*LINE, "autograde", A, "--course", str(course.root), "--engine", "dask"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=400)
    if done.returncode != 0:
        raise RuntimeError(f"the second run ended with {done.returncode}: {(done.stderr or done.stdout)[-300:]}")


def copy(base: Course, place: Path) -> Course:
    return Course(shutil.copytree(base.root, place / "course"))


@contextlib.contextmanager
def place_for(folder: Path, victim: str) -> Iterator[Path]:
    """An empty folder; for the full disk one of a few MiB."""
    place = folder / "run"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    if victim != "full disk":
        yield place
        shutil.rmtree(place)
        return
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0, help="of the first run; those in kills.csv are not repeated")
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=8.0, help="no run begins later than this")
    words = parser.parse_args()
    os.environ.pop("COURSEWORK_DATA", None)
    until = time.monotonic() + 60 * words.minutes
    base = class_of(words.folder, words.students)
    expected_file = words.folder / "undisturbed.json"
    if not expected_file.exists():
        with place_for(words.folder, "") as place:
            course = copy(base, place)
            again(course)
            expected_file.write_text(json.dumps(found(course)))
    expected = json.loads(expected_file.read_text())
    assert len(expected) == words.students
    table = words.folder / "kills.csv"
    known = {int(row["seed"]) for row in csv.DictReader(table.open())} if table.exists() else set()
    for seed in [s for s in range(words.seed, words.seed + words.runs) if s not in known]:
        if time.monotonic() > until:
            break
        victim = VICTIMS[seed % len(VICTIMS)]
        with place_for(words.folder, victim) as place:
            course = copy(base, place)
            at, ended = disturbed(course, victim, seed)
            graded = len(course.holders("autograded", A, "verdict.json"))
            try:
                again(course)
                wrong = faults(course)
                if json.loads(json.dumps(found(course))) != expected:
                    wrong.append("grades differ")
            except Exception as error:
                wrong = [f"{type(error).__name__}: {error}"]
        row = {"seed": seed, "died": victim, "after s": round(at, 1), "first run": ended, "had graded": graded,
               "after the second run": "; ".join(wrong) or "all equal"}  # fmt: skip
        new = not table.exists()
        with table.open("a", newline="") as file:
            writer = csv.DictWriter(file, row)
            if new:
                writer.writeheader()
            writer.writerow(row)
        print(row, flush=True)


if __name__ == "__main__":
    main()
