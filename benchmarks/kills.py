"""What dies in a grading run at random moments, and what is lost: nothing.

    python -m benchmarks.kills FOLDER [--kills 100] [--students 20] [--minutes 8]
    python -m benchmarks.kills FOLDER --postgresql [--kills 20]
    python -m benchmarks.kills FOLDER --table

A class of the small course (tests/support) is graded once undisturbed, and then again and again from the beginning.
Each time some parts die at moments that the class's seed draws: they are killed (kill -9), Ctrl-C is pressed, or the
disk is full for a while. Whenever that has ended the command, nothing of it may still run, what is marked as graded
must have its right grade, and the command is given again. At last it runs undisturbed, and all that it leaves is
compared: every grade, who is in the gradebook, and files that are half written or left over.

Each kill is a line of FOLDER/kills.csv; a later call goes on with the next class. Classes with an even seed have the
workers of the command's own, on a small file system in memory; those with an odd one a scheduler and workers of their
own. With --postgresql the gradebook is there, and two graders save in formgrader all the time: nothing that they save
may be lost (a FOLDER of its own). Needs root, for that file system and to tell a kernel by its uid.
"""

import argparse
import contextlib
import csv
import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook

from benchmarks import two_graders
from benchmarks.victims import PATIENCE, A, Run, scheduler, strike
from coursework.authoring import release
from coursework.core.course import Course
from coursework.core.files import read_json
from coursework.judging.reference import reference
from tests.support.course import BANK, answered, submit, write_course

OWN = ("main process", "worker", "kernel", "warm process", "full disk", "Ctrl-C")
NAMED = ("main process", "worker", "scheduler", "kernel", "warm process", "Ctrl-C")
VICTIMS = (*OWN[:2], "scheduler", *OWN[2:])
EACH = 5  # kills in a class
BY_HAND = "q1-3-why"
LONGEST = 1200.0  # seconds of a run, on a machine that may be busy with other things
COLUMNS = ("class", "kill", "died", "after s", "had graded", "then", "wrong")


def class_of(folder: Path, students: int) -> Course:
    """The class, released and handed in, made once."""
    root = folder / "class"
    if not (root / "made").exists():
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(parents=True)
        course = write_course(root)
        release.release(course, A, unproven=True)
        wrong = [text for name, text in BANK["q1-1-double"].items() if name.startswith("00_") and "Any" not in text]
        for number in range(students):
            given = {"double": wrong[number % len(wrong)]} if number % 3 == 0 else {}
            given |= {"count": "ans_1_2 = 6500"} if number % 5 == 0 else {}
            submit(course, f"student{number:02}", answered(course, **given))
        reference(course, A)
        (root / "made").touch()
    return Course(root)


def found(course: Course) -> dict:
    """All that a run leaves and that must not depend on what died: the grades, cell by cell."""
    grades = {}
    with Gradebook(course.db_url) as book:
        for one in book.assignment_submissions(A):
            assert one.student.id not in grades, f"{one.student.id} twice"
            cells = sorted([g.name, g.auto_score, g.needs_manual_grade] for n in one.notebooks for g in n.grades)
            grades[one.student.id] = [one.score, cells]
    return grades if course.db_url.startswith("sqlite") else by_tests(grades)


def by_tests(grades: dict) -> dict:
    """The part that nobody gives by hand."""
    return {student: [cell for cell in cells if cell[1] is not None] for student, (_, cells) in grades.items()}


def sealed(course: Course) -> set[str]:
    """Who has a grade that will not be made again."""
    marks = {s: read_json(course.autograded(s, A) / "verdict.json") or {} for s in course.students(A)}
    return {student for student, mark in marks.items() if mark.get("fingerprint")}


def half_written(course: Course) -> list[str]:
    """Files of students that are half written, whenever it is."""
    said = []
    for stage in ("submitted", "autograded", "feedback"):
        for path in course.stage(stage).rglob("*"):
            if path.suffix in (".json", ".ipynb") and path.is_file():
                try:
                    json.loads(path.read_text(encoding="utf-8"))
                except ValueError:
                    said.append(f"half written: {path.relative_to(course.root)}")
    return said


def left_over(course: Course) -> list[str]:
    """What only a stopped run leaves, and the next one should have cleared away; and who has no grade."""
    ends = (".part", ".before", ".new")
    said = [f"left over: {p.relative_to(course.root)}" for p in course.root.rglob("*") if p.name.endswith(ends)]
    lacking = set(course.students(A)) - sealed(course)
    return said + [f"{student} has no grade" for student in sorted(lacking)]


def disturbed(course: Course, seed: int, expected: dict) -> Iterator[dict]:
    """A class in which some parts die; yields a row for each."""
    draw, named = random.Random(seed), bool(seed % 2)
    victims = draw.sample(NAMED if named else OWN, EACH)
    while victims:
        with scheduler(course, named) as extra:
            run, rows, begun = Run(course), [], time.monotonic()
            if early := draw.random() < 0.2:  # while it starts
                run.wait(draw.uniform(0, 6))
            else:
                run.until_first()
            while victims and run.goes_on:
                victim, hit = victims[0], False
                goal, moment = len(sealed(course)) + draw.randrange(6), draw.uniform(0, 1.5)
                while not early and run.goes_on and len(sealed(course)) < goal:
                    run.wait(0.2)
                run.wait(moment)
                until = time.monotonic() + PATIENCE
                while run.goes_on and time.monotonic() < until and not hit:
                    hit = strike(course, victim, run, extra, draw)
                    run.wait(0.05)
                if not run.goes_on and not hit:
                    break
                victims.pop(0)
                early = False
                if not hit:
                    continue
                row = {"died": victim, "after s": round(time.monotonic() - begun, 1), "had graded": len(sealed(course))}
                rows.append(row)
                if victim in ("main process", "scheduler", "Ctrl-C", "full disk"):
                    break
            run.wait(LONGEST)
            (course.root / "filler").unlink(missing_ok=True)
            hung = run.goes_on
            run.process.kill() if hung else None
            wrong = run.ended(rows[-1]["died"] if rows else "") + ["hung"] * hung + half_written(course)
        code = run.process.poll()
        have = json.loads(json.dumps(found(course)))
        wrong += [
            f"{student} had another grade" for student in sealed(course) if have.get(student) != expected[student]
        ]
        for row in rows:
            last = row is rows[-1]
            yield row | {"then": f"exit {code}" if last else "went on", "wrong": "; ".join(wrong) if last else ""}
        if not rows and code != 0:
            raise RuntimeError(f"exit {code}, and nothing had died: {(run.place / 'err.log').read_text()[-300:]}")
        if code == 0 and len(sealed(course)) == len(expected):
            return


def again(course: Course) -> None:
    """The command undisturbed; anything but a whole class is an error."""
    run = Run(course)
    run.wait(LONGEST)
    if run.process.poll() != 0:
        run.process.kill()
        said = (run.place / "err.log").read_text() + (run.place / "out.log").read_text()
        raise RuntimeError(f"the last run ended with {run.process.poll()}: {said[-300:]}")


@contextlib.contextmanager
def place_for(folder: Path, small: bool) -> Iterator[Path]:
    """An empty folder; a `small` one has a file system of its own."""
    place = folder / "run"
    if place.is_mount():
        subprocess.run(["umount", "-l", place], check=True)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    if small:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        if small:
            subprocess.run(["umount", "-l", place], check=True)


def one_class(folder: Path, base: Course, seed: int, expected: dict, marked: bool) -> list[dict]:
    """`marked`: in PostgreSQL, by two graders meanwhile."""
    with place_for(folder, small=not seed % 2) as place, contextlib.ExitStack() as stack:
        course, saved = Course(shutil.copytree(base.root, place / "course")), None
        rows, wrong = [], []
        try:
            if marked:
                home = folder / f"servers-{seed}"
                course, saved = stack.enter_context(two_graders.saving(course, A, BY_HAND, home))
            rows += disturbed(course, seed, expected)
            again(course)
            wrong = half_written(course) + left_over(course)
            wrong += saved.lost(course) if saved else []
            if json.loads(json.dumps(found(course))) != expected:
                wrong.append("grades differ")
        except Exception as error:
            wrong = [f"{type(error).__name__}: {error}"]
        if wrong:
            rows = rows or [{"died": "nothing", "after s": 0, "had graded": 0, "then": "", "wrong": ""}]
            rows[-1]["wrong"] = "; ".join(filter(None, [rows[-1]["wrong"], *(f"at last {one}" for one in wrong)]))
        if any(row["wrong"] for row in rows):
            shutil.copytree(place, folder / f"failed-{seed}", dirs_exist_ok=True)
    return [{"class": seed, "kill": number} | row for number, row in enumerate(rows)]


def summary(rows: list[dict[str, str]]) -> list[str]:
    """By what died, and how much was graded then."""
    lines = ["| what died | times | graded then: none | 1 to 9 | 10 to 19 | all equal |", "|---|---|---|---|---|---|"]
    failed = {row["class"] for row in rows if row["wrong"]}
    for victim in VICTIMS:
        mine = [row for row in rows if row["died"] == victim]
        had = [int(row["had graded"]) for row in mine]
        parts = [sum(low <= n <= high for n in had) for low, high in ((0, 0), (1, 9), (10, 20))]
        equal = sum(row["class"] not in failed for row in mine)
        lines.append("| " + " | ".join(map(str, [victim, len(mine), *parts, equal])) + " |")
    return [*lines, f"{len(rows)} in {len({row['class'] for row in rows})} classes; wrong: {sorted(failed, key=int)}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=100, help="with those that are in kills.csv")
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--seed", type=int, help="this class alone, as it was drawn; nothing is kept")
    parser.add_argument("--postgresql", action="store_true", help="with two graders who save meanwhile")
    parser.add_argument("--table", action="store_true", help="what came of all so far; nothing runs")
    parser.add_argument("--minutes", type=float, default=8.0, help="no class begins later than this")
    words = parser.parse_args()
    table = words.folder / "kills.csv"
    known = list(csv.DictReader(table.open())) if table.exists() else []
    if words.table:
        print("\n".join(summary(known)))
        return
    os.environ.pop("COURSEWORK_DATA", None)
    until = time.monotonic() + 60 * words.minutes
    base = class_of(words.folder, words.students)
    file = words.folder / "undisturbed.json"
    if not file.exists():
        with place_for(words.folder, small=False) as place:
            course = Course(shutil.copytree(base.root, place / "course"))
            again(course)
            file.write_text(json.dumps(found(course)))
    expected = json.loads(file.read_text())
    assert len(expected) == words.students
    expected = by_tests(expected) if words.postgresql else expected
    if words.seed is not None:
        for row in one_class(words.folder, base, words.seed, expected, words.postgresql):
            print(row)
        return
    while len(known) < words.kills and time.monotonic() < until:
        seed = max((int(row["class"]) for row in known), default=-1) + 1
        for row in one_class(words.folder, base, seed, expected, words.postgresql):
            known.append(row)
            new = not table.exists()
            with table.open("a", newline="") as lines:
                writer = csv.DictWriter(lines, COLUMNS)
                if new:
                    writer.writeheader()
                writer.writerow(row)
            print(row, flush=True)


if __name__ == "__main__":
    main()
