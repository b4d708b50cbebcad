"""Written answers shared among several graders: by question or by section, a page of links for each of them.

Whoever reads one question reads it for the whole class, so that it is marked alike; by section, each grader knows
their students. The pages lie in marking/ASSIGNMENT/ and lead into formgrader, where the marks are saved; made again,
they show what still waits. The shares do not change while marking goes on: points and the roster alone decide.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from nbgrader.api import MissingEntry
from nbgrader.apps.api import NbGraderAPI

from coursework.core.books import Gradebook
from coursework.core.cells import question
from coursework.core.course import Course, StaffError
from coursework.core.deadlines import roster
from coursework.core.files import write_whole
from coursework.reporting.grades import write_csv
from coursework.returning.sheet import render

WAYS = ("question", "section")


@dataclass(frozen=True)
class Answer:
    """One answer for a human: where it is in formgrader, and whether it waits."""

    student: str
    number: int  # formgrader's "Submission #"
    submission: str  # id
    cell: str
    points: float
    score: float | None  # None while it waits


@dataclass
class Share:
    """What one grader reads, group by group (a question, or a section)."""

    grader: str
    groups: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(a.score is None for a in self.answers)


def answers(course: Course, assignment: str) -> list[Answer]:
    """Every hand-graded answer of those who are graded by test. Raises StaffError when there is none."""
    api = NbGraderAPI(course.directory(assignment), config=course.config)
    found: list[Answer] = []
    with Gradebook(course.db_url) as gradebook:
        try:
            known = gradebook.find_assignment(assignment)
        except MissingEntry:
            raise StaffError(f"the gradebook does not know {assignment}: grade it first") from None
        by_hand = {c.name for n in known.notebooks for c in n.grade_cells} & {
            c.name for n in known.notebooks for c in n.solution_cells
        }
        for notebook in known.notebooks:
            numbers = api.get_notebook_submission_indices(assignment, notebook.name)
            for submitted in gradebook.notebook_submissions(notebook.name, assignment):
                if submitted.id not in numbers:
                    continue
                for grade in sorted((g for g in submitted.grades if g.name in by_hand), key=lambda g: g.name):
                    score = None if grade.needs_manual_grade else float(grade.score or 0)
                    place = (submitted.student.id, numbers[submitted.id] + 1, submitted.id)
                    found.append(Answer(*place, grade.name, float(grade.max_score), score))
    if not found:
        raise StaffError(f"nothing in {assignment} is for a grader: nobody is graded, or no question is graded by hand")
    return sorted(found, key=lambda a: (question(a.cell), a.number))


def share(course: Course, assignment: str, graders: list[str], by: str = "question") -> list[Share]:
    """Who reads what: each group goes to whoever has least so far, the largest first; points (or students) weigh.

    Raises StaffError when a grader is named twice, `by` is unknown, or there are no sections.
    """
    if by not in WAYS:
        raise StaffError(f"--by {by}: say {' or '.join(WAYS)}")
    if len(set(graders)) < len(graders) or not graders or any(not r.isidentifier() for r in graders):
        raise StaffError("--graders needs names (letters and digits), each once: --graders ann,bob")
    found, people = answers(course, assignment), roster(course)
    if by == "section" and not (people and any(s.section for s in people.students)):
        raise StaffError("--by section needs a roster with a column section (c.CourseworkSettings.roster)")
    sections = {s.id: s.section for s in people.students} if people else {}
    weights: dict[str, float] = {}
    of = {}
    for a in found:
        of[a] = question(a.cell) if by == "question" else sections.get(a.student) or "no section"
    if by == "question":
        for a in found:
            weights[of[a]] = sum({b.cell: b.points for b in found if of[b] == of[a]}.values())
    else:
        for section in set(of.values()):
            weights[section] = sum((s or "no section") == section for s in sections.values()) or 1
    shares = [Share(grader) for grader in graders]
    for group in sorted(weights, key=lambda g: (-weights[g], g)):
        least = min(shares, key=lambda s: sum(weights[g] for g in s.groups))
        least.groups.append(group)
    for one in shares:
        one.groups.sort()
        one.answers = [a for a in found if of[a] in one.groups]
    return shares


def page(assignment: str, one: Share, address: str, names: dict[str, str] | None = None) -> str:
    """A grader's page: a table a question, a link an answer. `names`: student → name; None hides them."""
    cells = []
    for cell in dict.fromkeys(a.cell for a in one.answers):
        mine = [a for a in one.answers if a.cell == cell]
        cells.append((question(cell), cell, mine[0].points, mine))
    address = address.rstrip("/")
    return render(
        __package__, "marking.html", assignment=assignment, share=one, cells=cells, address=address, names=names
    )


def write(course: Course, assignment: str, shares: list[Share], address: str, show_names: bool = False) -> list[Path]:
    """marking/<assignment>/<grader>.html, and plan.csv with every answer."""
    people = roster(course)
    names = {s.id: s.name for s in people.students} if people else {}
    folder = course.root / "marking" / assignment
    written = []
    for one in shares:
        written.append(folder / f"{one.grader}.html")
        write_whole(written[-1], page(assignment, one, address, names if show_names else None))
    rows = [
        {"grader": s.grader, "question": question(a.cell), "cell": a.cell, "student": a.student,
         "submission": a.number, "points": a.points, "score": a.score}
        for s in shares for a in s.answers
    ]  # fmt: skip
    write_csv(pd.DataFrame(rows), folder / "plan.csv")
    return [*written, folder / "plan.csv"]
