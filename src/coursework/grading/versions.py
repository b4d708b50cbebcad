"""What the class ran its notebooks on, beside what the grader has."""

from collections import Counter
from dataclasses import replace

from coursework.core.course import Course
from coursework.core.verdicts import repair_of
from coursework.judging.differences import NAMES, Versions, differ, here, numbers, said

UNKNOWN = "not said"


def of(course: Course, assignment: str, student: str) -> Versions:
    """What one submission says of its run; the setting `students_python` where it says nothing of Python.

    It is read in the file as it was submitted: the repaired notebook has only the outputs of what was as released.
    """
    folder = course.submitted(student, assignment)
    original = folder / (repair_of(course, assignment, student).original or "?")
    inside = original.is_file() and folder.resolve() in original.resolve().parents
    try:
        found = said((original if inside else folder / f"{assignment}.ipynb").read_bytes())
    except OSError:
        found = Versions()
    return found if found.python else replace(found, python=course.settings.students_python)


def _class(course: Course, assignment: str, students: list[str] | None) -> dict[str, Versions]:
    known = set(course.students(assignment))
    return {s: of(course, assignment, s) for s in sorted(known & set(students) if students else known)}


def table(course: Course, assignment: str) -> list[tuple[str, str, str]]:
    """(package, the grader's version, "version × how many" of the students', the most frequent first)."""
    theirs = _class(course, assignment, None).values()
    rows = []
    for package, name in NAMES.items():
        counts = Counter(getattr(v, package) or UNKNOWN for v in theirs)
        listed = ", ".join(f"{number} × {count}" for number, count in counts.most_common())
        rows.append((name, getattr(here(), package), listed or "nobody yet"))
    return rows


def warnings(course: Course, assignment: str, students: list[str] | None = None) -> list[str]:
    """One line for each known difference that concerns a submission, and one where a student's Python is newer."""
    theirs, ours = _class(course, assignment, students), here()
    lines = []
    newer = [s for s, v in theirs.items() if numbers(v.python)[:2] > numbers(ours.python)[:2]]
    if newer:
        lines.append(
            f"{_many(newer)} ran on a newer Python than the grader's {ours.python}: an answer that needs it fails "
            "here, and needs review."
        )
    concerned: dict[str, list[str]] = {}
    for student, versions in theirs.items():
        for known in differ(versions, ours):
            since = ".".join(map(str, known.since))
            line = (
                f"from {NAMES[known.package]} {since} on {known.text} (the grader has {getattr(ours, known.package)})"
            )
            concerned.setdefault(line, []).append(student)
    return lines + [f"{_many(those)} ran on another side of this: {line}" for line, those in concerned.items()]


def _many(students: list[str]) -> str:
    return students[0] if len(students) == 1 else f"{len(students)} students"
