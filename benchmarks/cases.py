"""Submissions of the kinds that courses report, through the whole pipeline: what came out beside what must come out.

Usage: python -m benchmarks.cases FOLDER [FOLDER-FOR-THE-COURSE]

FOLDER holds a folder for each case (`05-groups/…`: inboxes, perhaps with `roster.csv` and `settings.py`). Every case is
collected into a course of its own; what was taken is put together in one course, in a folder with brackets, blanks and
an umlaut in its name, and graded there once for each different content. Writes the table of docs/collecting.md.
"""

import os
import re
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from coursework.core.course import Course
from coursework.core.files import digest, read_json, write_json
from coursework.grading.autograde import autograde, marks
from coursework.intake.collect import collect
from coursework.intake.take import Report

ROOT = Path(__file__).resolve().parents[1]
PLACE = "DL [WS 2026] (Übung)"
CONFIG = """from coursework.configure import configure

c = get_config()  # noqa: F821
c.CourseDirectory.course_id = "cases"
{settings}
configure(c)
"""
INBOXES = (".zip", ".ipynb", ".py", ".eml")


@dataclass
class Case:
    """What became of the inboxes of one case; `people`: (student in the case's own course, assignment)."""

    name: str
    folder: Path
    course: Course
    reports: dict[str, Report] = field(default_factory=dict)
    people: list[tuple[str, str]] = field(default_factory=list)

    @property
    def lines(self) -> str:
        """Everything that was said of files that were not simply taken."""
        said = [f"{f}: {w}" for r in self.reports.values() for f, w in [*r.held, *r.refused]]
        return "\n".join([*said, *(o for r in self.reports.values() for t in r.taken for o in t.odd)])


def course_in(folder: Path, settings: str = "") -> Course:
    """A course with this repository's source, release and bank, and settings of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source", "release", "bank"):
        if not (folder / name).exists():
            (folder / name).symlink_to(ROOT / name)
    (folder / "nbgrader_config.py").write_text(CONFIG.format(settings=settings), encoding="utf-8")
    return Course(folder)


def collected(folder: Path, base: Path) -> Case:
    """Collect every inbox of a case, one after the other; a folder without zips is one inbox."""
    settings = (folder / "settings.py").read_text() if (folder / "settings.py").exists() else ""
    rosters = sorted(folder.glob("roster*.csv"))
    if rosters and "roster" not in settings:
        settings += '\nc.CourseworkSettings.roster = "roster.csv"\n'
    course = course_in(base / folder.name, settings)
    if rosters:
        shutil.copy(next((r for r in rosters if "before" in r.name), rosters[0]), course.root / "roster.csv")
    case = Case(folder.name, folder, course)
    inboxes = sorted(folder.glob("*.zip")) or [folder / "inbox" if (folder / "inbox").is_dir() else folder]
    if rosters and any(p.suffix in (".ipynb",) for p in folder.iterdir()):
        inboxes = [folder]
    for inbox in inboxes:
        if inbox == folder:  # the rosters and settings are the course's, not the inbox's
            inbox = base / f"{folder.name}-inbox"
            inbox.mkdir(exist_ok=True)
            for path in folder.iterdir():
                if path.suffix in INBOXES:
                    shutil.copy(path, inbox)
        case.reports[inbox.name] = collect(course, inbox)
    case.people = [(s, a) for a in course.assignments for s in course.students(a)]
    return case


def name_of(case: str, student: str) -> str:
    return f"{case[:2]}.{student}"


def put_together(cases: list[Case], course: Course) -> None:
    """What the cases' courses took, in one course: each student called by the case and the name."""
    for case in cases:
        for student, assignment in case.people:
            target = course.submitted(name_of(case.name, student), assignment)
            if target.exists():
                continue
            shutil.copytree(case.course.submitted(student, assignment), target)
            record = read_json(target / "repair.json")
            write_json(target / "repair.json", record | {"student": name_of(case.name, student)})


def graded(course: Course) -> dict[tuple[str, str], str]:
    """Grade one submission of each content; (student, assignment) → who was graded for it."""
    stands: dict[tuple[str, str], str] = {}
    for assignment in course.assignments:
        students = course.students(assignment)
        if not students:
            continue
        first: dict[str, str] = {}
        for student, (_, nb) in marks(course, assignment, students)[0].items():
            files = {
                p.name: digest(p.read_bytes())
                for p in (course.submitted(student, assignment) / "handin").glob("*")
                if p.suffix not in (".png", ".jpg")
            }
            code = digest([c.source for c in nb.cells if c.cell_type == "code"], files)
            stands[student, assignment] = first.setdefault(code, student)
        chosen = sorted(first.values())
        print(f"{assignment}: {len(students)} submissions, {len(chosen)} different ones", flush=True)
        for row in autograde(course, assignment, chosen).rows:
            print(f"  {row.student}: {row.error or f'{row.score:g}'}", flush=True)
    return stands


def main() -> None:
    folder, base = Path(sys.argv[1]).resolve(), Path(sys.argv[2] if len(sys.argv) > 2 else "cases-out").resolve()
    base.mkdir(parents=True, exist_ok=True)
    cases = []
    for one in sorted(p for p in folder.iterdir() if re.match(r"\d\d-", p.name)):
        if (base / one.name).exists():
            shutil.rmtree(base / one.name)
        cases.append(collected(one, base))
        print(one.name, [s for s, _ in cases[-1].people], flush=True)
        print("   ", cases[-1].lines.replace("\n", "\n    "), flush=True)
    course = course_in(base / PLACE)
    put_together(cases, course)
    os.chdir(course.root)
    stands = graded(course)
    print(len(stands), "submissions graded")


if __name__ == "__main__":
    main()
