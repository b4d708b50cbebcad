"""Seconds per submission of `coursework autograde` beside plain `nbgrader autograde`, on the same class, in one run.

Plain means nbgrader's own preprocessors and an ordinary kernel: no sandbox, no judge, one notebook after the other.
With --before, an earlier checkout of this project grades a class of its own right answers in the same run.
Prints a table. Usage: python -m benchmarks.run [ASSIGNMENT] [--class 24] [--plain 24] [--before TREE]
"""

import argparse
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbgrader.converters import Autograde
from traitlets.config import Config

from coursework.cli.demo import ASSIGNMENT
from coursework.core.course import CONFIG_NAME, Course
from coursework.core.files import write_json
from coursework.core.logs import log_to_list
from coursework.grading import autograde
from coursework.grading.verdicts import verdict_of
from coursework.judging import proof
from coursework.proving import cases


def build(root: Path, count: int, assignment: str) -> Course:
    """A course in a temporary folder with `count` right submissions, made of the bank's right answers in turn."""
    here = Course(Path(__file__).resolve().parents[1])
    for name in ("source", "bank", "release"):
        shutil.copytree(here.root / name / assignment, root / name / assignment, dirs_exist_ok=True)
    shutil.copy(here.root / CONFIG_NAME, root)
    course = Course(root)
    bank = proof.answers(course, assignment)
    right = {item: best(answers) for item, answers in bank.items()}
    for number in range(count):
        nb = nbformat.read(course.released(assignment), as_version=4)
        for item in cases.items(nb):
            next(c for c in nb.cells if c.id == item).source = right[item][number % len(right[item])]
        student = f"Student_{number:03d}"
        folder = course.submitted(student, assignment)
        folder.mkdir(parents=True)
        nbformat.write(nb, folder / f"{assignment}.ipynb")
        write_json(folder / "repair.json", {"student": student, "repairs": []})
    return course


def best(answers: dict[str, str]) -> list[str]:
    """The right answers of an item: those with the highest score in their name. (Evidence has points of its own.)"""
    scores = {name: float(name.split("_")[0]) for name in answers}
    return [answers[name] for name in sorted(answers) if scores[name] == max(scores.values())]


def plain(course: Course, assignment: str) -> tuple[int, dict[str, float]]:
    """How many stock `nbgrader autograde` graded, and its seconds; its own gradebook and output folder."""
    config = Config()
    config.CourseDirectory.root = str(course.root)
    config.CourseDirectory.autograded_directory = "autograded-plain"
    config.CourseDirectory.db_url = f"sqlite:///{course.root / 'plain.db'}"
    shutil.copy(course.root / "gradebook.db", course.root / "plain.db")
    from nbgrader.coursedir import CourseDirectory

    directory = CourseDirectory(config=config)
    directory.assignment_id, directory.student_id = assignment, "*"
    converter = Autograde(coursedir=directory, config=config)
    converter.create_student = True
    began = time.perf_counter(), time.process_time(), used()
    with log_to_list():
        converter.start()
    wall, own, everybody = time.perf_counter() - began[0], time.process_time() - began[1], used() - began[2]
    done = len(list(course.root.glob("autograded-plain/*/*/*.ipynb")))
    return max(done, 1), {"wall": wall, "own": own, "cpu": everybody}


def ours(course: Course, assignment: str, engine: str = "dask") -> dict[str, float]:
    """Wall seconds of `coursework autograde` for the class, and CPU seconds of its own process and of all."""
    began = time.perf_counter(), time.process_time(), used()
    course.settings.engine = engine
    result = autograde.autograde(course, assignment, force=True)
    wall, own, everybody = time.perf_counter() - began[0], time.process_time() - began[1], used() - began[2]
    for row in result.rows:  # every test but those of evidence: these try what a run has left, and here nobody has run
        verdict = verdict_of(course, assignment, row.student)
        assert verdict and not row.error, (row.student, row.error)
        lost = [g for g, c in verdict.cells.items() if c.score < c.points and not g.endswith("--evidence")]
        assert not lost, (row.student, lost)
    return {"wall": wall, "own": own, "cpu": everybody}


# In a process of its own, with the code and the benchmark of the earlier checkout (commit a912554 and its neighbours).
BEFORE = """
import resource, sys, tempfile, time
from pathlib import Path
import run
text = Path(run.__file__).read_text()  # there an item with evidence has no right answer: evidence has points of its own
exec(text.replace("== points]", "== max(float(n.split('_')[0]) for n in bank[item])]"), run.__dict__)
run.ASSIGNMENT, count = sys.argv[1], int(sys.argv[2])
two = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
used = lambda: sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, two))
with tempfile.TemporaryDirectory(prefix="bench-") as folder:
    course = run.build(Path(folder), count)
    run.autograde.autograde(course, run.ASSIGNMENT, course.students(run.ASSIGNMENT)[:1])
    began = time.perf_counter(), time.process_time(), used()
    result = run.autograde.autograde(course, run.ASSIGNMENT, force=True)
    done = time.perf_counter() - began[0], time.process_time() - began[1], used() - began[2]
    cells = run.nbformat.read(course.released(run.ASSIGNMENT), as_version=4).cells
    claims = sum(float(c.metadata.nbgrader.points) for c in cells if c.id.endswith("--evidence"))
    assert all(row.score >= row.points - claims for row in result.rows), [(r.score, r.points) for r in result.rows]
print("measured", *done)
"""


def before(tree: Path, assignment: str, count: int) -> dict[str, float]:
    """The same as `ours` of an earlier checkout.

    It is installed into a folder first: its entry points must not be those of the environment's coursework.
    """
    with tempfile.TemporaryDirectory(prefix="before-") as folder:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, str(tree)]
        if subprocess.run(install).returncode:
            raise SystemExit(f"the checkout {tree} could not be installed: see pip's message above")
        paths = os.pathsep.join([folder, str(tree / "benchmarks")])
        words = [sys.executable, "-c", BEFORE, assignment, str(count)]
        done = subprocess.run(words, cwd=tree, env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True)
    line = next((line for line in done.stdout.splitlines() if line.startswith("measured ")), "")
    if not line:
        raise SystemExit(f"the checkout {tree} could not grade the class: {done.stderr.strip().splitlines()[-1]}")
    return dict(zip(("wall", "own", "cpu"), map(float, line.split()[1:]), strict=True))


def used() -> float:
    """CPU seconds of this process and of those that it has started and that have ended."""
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assignment", nargs="?", default=ASSIGNMENT)
    parser.add_argument("--class", dest="count", type=int, default=24, help="submissions of the class")
    parser.add_argument("--plain", type=int, default=24, help="how many of them plain nbgrader grades, too")
    parser.add_argument("--before", type=Path, help="an earlier checkout of this project, which grades as many")
    arguments = parser.parse_args()
    assignment, count = arguments.assignment, arguments.count
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder, "course")
        root.mkdir()
        course = build(root, count, assignment)
        students = course.students(assignment)
        autograde.autograde(course, assignment, students[:1])  # reference and gradebook are made
        rows = {f"coursework, {count} submissions": (count, ours(course, assignment))}
        for student in students[1:]:
            shutil.rmtree(course.submitted(student, assignment))
        rows["coursework, one submission, serial"] = (1, ours(course, assignment, "serial"))
        if arguments.before:
            rows[f"coursework at {arguments.before.name}"] = (count, before(arguments.before, assignment, count))
        if arguments.plain:
            shutil.rmtree(course.submitted(students[0], assignment))
            build(root, arguments.plain, assignment)
            rows["plain nbgrader, no sandbox"] = plain(course, assignment)
    print(f"{assignment}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print("| | submissions | seconds | each | CPU each | of the main process |\n|---|---|---|---|---|---|")
    for name, (n, s) in rows.items():
        print(f"| {name} | {n} | {s['wall']:.1f} | {s['wall'] / n:.2f} | {s['cpu'] / n:.2f} | {s['own'] / n:.3f} |")


if __name__ == "__main__":
    main()
