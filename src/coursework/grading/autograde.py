"""Grade a class: workers execute, this process alone judges and writes the gradebook.

Every submission is sanitized here, run by a worker in its own sandbox, and recorded through nbgrader's own Autograde
converter, in which the executed notebook takes the place of the execution. What is recorded is not done again, so a
killed run continues where it was.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from nbgrader.api import MissingEntry

from coursework.authoring import release
from coursework.core.books import Gradebook
from coursework.core.cells import short_label, skipped
from coursework.core.course import Course, StaffError
from coursework.core.files import read_json
from coursework.core.text import reason
from coursework.core.verdicts import Verdict
from coursework.grading import prepare
from coursework.grading.gradebook import Basis, Context
from coursework.grading.recording import record
from coursework.grading.verdicts import verdict_of
from coursework.intake.store import refresh
from coursework.judging import drawn, evidence
from coursework.judging.conclude import conclude
from coursework.judging.reference import notebook, task
from coursework.sandbox.engines import run_all
from coursework.sandbox.tasks import unpacked


@dataclass
class Graded:
    """One line of the class's summary. `error` is a fault on the staff's side; then nothing was recorded."""

    student: str
    name: str = ""
    score: float = 0.0
    points: float = 0.0
    waiting: int = 0
    state: str = "graded"
    reasons: list[str] = field(default_factory=list)
    seconds: float = 0.0
    slowest: str = ""
    fresh: bool = True
    error: str | None = None


@dataclass
class Summary:
    assignment: str
    rows: list[Graded]

    @property
    def exit_code(self) -> int:
        """0 all graded, 3 some need review, 1 a fault on the staff's side."""
        if any(row.error for row in self.rows):
            return 1
        return 3 if any(row.state == "review" for row in self.rows) else 0


def row(course: Course, assignment: str, student: str, fresh: bool) -> Graded:
    """The summary line of a recorded submission, from the gradebook and the verdict record."""
    verdict = verdict_of(course, assignment, student) or Verdict(cells={})
    cells = verdict.cells.values()
    with Gradebook(course.db_url) as gradebook:
        submission = gradebook.find_submission(assignment, student)
        waiting = sum(g.needs_manual_grade for n in submission.notebooks for g in n.grades)
        name = " ".join(part for part in (submission.student.first_name, submission.student.last_name) if part)
    seconds = verdict.seconds
    return Graded(
        student,
        name,
        score=sum(c.score for c in cells),
        points=sum(c.points for c in cells),
        waiting=waiting,
        state=verdict.state,
        reasons=[*verdict.reasons, *verdict.limits],
        seconds=seconds.wall,
        slowest=f"{short_label(seconds.slowest_cell or '')} {seconds.slowest:.1f} s",
        fresh=fresh,
    )


def is_done(course: Course, assignment: str, student: str, mark: str) -> bool:
    """Whether exactly this was graded before and is in the gradebook."""
    folder = course.autograded(student, assignment)
    verdict = verdict_of(course, assignment, student)
    if verdict is None or verdict.fingerprint != mark:
        return False
    if read_json(folder / f"{assignment}.ipynb") is None:
        return False
    with Gradebook(course.db_url) as gradebook:
        try:
            gradebook.find_submission(assignment, student)
        except MissingEntry:
            return False
    return True


def expected(course: Course, assignment: str, students: list[str] | None, force: bool) -> int:
    """How many will probably run, found out at once: of an unknown student, none."""
    asked = students or course.students(assignment)
    return sum(force or not course.autograded(student, assignment).exists() for student in asked)


def autograde(
    course: Course,
    assignment: str,
    students: list[str] | None = None,
    force: bool = False,
    tell: Callable[[int, int, Graded | None], None] = lambda done, todo, last: None,
    began: Callable[[str, str], None] = lambda student, worker: None,
    head: Callable[[], None] = lambda: None,
) -> Summary:
    """Grade the new or changed submissions of submitted/ (`force`: all); `tell(done, todo, last)` after each,
    `began(student, worker)` when a worker begins with one, `head()` before anything runs."""
    course.source(assignment)
    everyone = course.students(assignment)
    if unknown := sorted(set(students or ()) - set(everyone)):
        raise StaffError(f"{unknown[0]} has no submission of {assignment} in submitted/: run `coursework collect`")
    chosen = students or everyone
    if not chosen:
        raise StaffError(f"submitted/ holds no submission of {assignment}: run `coursework collect INBOX` first")
    release.refuse_other_variants(course, assignment)
    # Once, before the first submission, so that a broken source is found at once. One after the other: both read syntax
    # trees, and in Python 3.11 two threads that do may end each other (`AST constructor recursion depth mismatch`).
    # First what needs no sandbox: the warm process still has its imports to do.
    notebook(course, assignment)
    release.ensure_recorded(course, assignment)
    head()
    basis = Basis.of(course, assignment)
    drawn.prepare(course, assignment)
    found, errors = prepare.fingerprints(course, assignment, chosen)
    todo = [s for s in found if force or not is_done(course, assignment, s, found[s])]
    rows = {s: Graded(s, state="error", error=error) for s, error in errors.items()}
    rows |= {s: row(course, assignment, s, fresh=False) for s in found if s not in todo}
    requests, skip = evidence.wanted(basis.source), skipped(basis.source)
    handins: dict[str, dict[str, bytes]] = {}  # of those who run

    def make(student: str) -> dict:
        refresh(course, student, assignment)
        handins[student] = prepare.handin_files(course, assignment, student)
        nb = prepare.sanitize(course, assignment, student)
        made = task(course, nb, handins[student], skip)
        return made | {"evidence": evidence.notebooks(course, requests, nb, handins[student])}

    tell(0, len(todo), None)
    for done, (student, answer) in enumerate(run_all(course, {s: partial(make, s) for s in todo}, began), 1):
        handin = handins.pop(student, {})
        if answer["error"]:
            rows[student] = Graded(student, state="error", error=answer["error"])
        else:
            ran = answer["evidence"]
            try:
                executed = unpacked(answer["notebook"])
                trials = [(r, unpacked(ran[r.cell]) if ran.get(r.cell) else None) for r in requests]
                outcomes = tuple(conclude(course, r, handin, trial, basis.known) for r, trial in trials)
                context = Context(outcomes=outcomes, basis=basis)
                record(course, assignment, student, executed, found[student], context)
                rows[student] = row(course, assignment, student, fresh=True)
            except StaffError as error:
                rows[student] = Graded(student, state="error", error=str(error))
            except Exception as error:  # costs nobody else a grade
                rows[student] = Graded(student, state="error", error=f"could not be recorded: {reason(error)}")
        tell(done, len(todo), rows[student])
    return Summary(assignment, [rows[s] for s in chosen])
