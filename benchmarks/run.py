"""Seconds per submission of `coursework autograde` beside plain `nbgrader autograde`, on the same class, in one run.

Plain means nbgrader's own preprocessors and an ordinary kernel: no sandbox, no judge, one notebook after the other.
Prints a table. Usage: python -m benchmarks.run [submissions, default 24]
"""

import os
import platform
import shutil
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
from coursework.judging import proof
from coursework.proving import cases


def build(root: Path, count: int) -> Course:
    """A course in a temporary folder with `count` right submissions, made of the bank's right answers in turn."""
    here = Course(Path(__file__).resolve().parents[1])
    for name in ("source", "bank", "release"):
        shutil.copytree(here.root / name / ASSIGNMENT, root / name / ASSIGNMENT)
    shutil.copy(here.root / CONFIG_NAME, root)
    course = Course(root)
    bank = proof.answers(course, ASSIGNMENT)
    for number in range(count):
        nb = nbformat.read(course.released(ASSIGNMENT), as_version=4)
        for item, tests in cases.items(nb).items():
            points = sum(float(c.metadata.nbgrader.points) for c in nb.cells if c.id in tests)
            right = [text for name, text in sorted(bank[item].items()) if float(name.split("_")[0]) == points]
            next(c for c in nb.cells if c.id == item).source = right[number % len(right)]
        student = f"Student_{number:03d}"
        folder = course.submitted(student, ASSIGNMENT)
        folder.mkdir(parents=True)
        nbformat.write(nb, folder / f"{ASSIGNMENT}.ipynb")
        write_json(folder / "repair.json", {"student": student, "repairs": []})
    return course


def plain(course: Course) -> float:
    """Seconds of stock `nbgrader autograde` for the class; its own gradebook and output folder."""
    config = Config()
    config.CourseDirectory.root = str(course.root)
    config.CourseDirectory.autograded_directory = "autograded-plain"
    config.CourseDirectory.db_url = f"sqlite:///{course.root / 'plain.db'}"
    shutil.copy(course.root / "gradebook.db", course.root / "plain.db")
    from nbgrader.coursedir import CourseDirectory

    directory = CourseDirectory(config=config)
    directory.assignment_id, directory.student_id = ASSIGNMENT, "*"
    converter = Autograde(coursedir=directory, config=config)
    converter.create_student = True
    started = time.perf_counter()
    with log_to_list():
        converter.start()
    return time.perf_counter() - started


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder, "course")
        root.mkdir()
        course = build(root, count)
        autograde.autograde(course, ASSIGNMENT, [course.students(ASSIGNMENT)[0]])  # reference and gradebook are made
        started = time.perf_counter()
        result = autograde.autograde(course, ASSIGNMENT, force=True)
        ours = time.perf_counter() - started
        assert all(row.score == row.points for row in result.rows), [r for r in result.rows if r.score < r.points]
        theirs = plain(course)
        done = len(list(root.glob("autograded-plain/*/*/*.ipynb")))
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{'':34}{'submissions':>9}{'seconds':>9}{'each':>7}")
    print(f"{'nbgrader autograde, no sandbox':34}{done:>9}{theirs:>9.1f}{theirs / max(done, 1):>7.2f}")
    print(f"{'coursework autograde, sandboxed':34}{count:>9}{ours:>9.1f}{ours / count:>7.2f}")
    print(f"ratio {theirs / ours:.2f} (above 1: coursework is faster)")


if __name__ == "__main__":
    main()
