"""Grade a class: workers execute, this process alone judges and writes the gradebook.

Every submission is sanitized here, run by a worker in its own sandbox, and recorded through nbgrader's own Autograde
converter, in which the executed notebook takes the place of the execution. What is recorded is not done again, so a
killed run continues where it was.
"""

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nbformat.notebooknode import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde
from nbgrader.utils import find_all_files, is_grade, is_solution
from traitlets.config import Config

from coursework.authoring import release
from coursework.core import deadlines
from coursework.core.books import Gradebook, transaction
from coursework.core.cells import short_label, skipped
from coursework.core.course import Course, StaffError
from coursework.core.files import read_json
from coursework.core.logs import cause, log_to_list
from coursework.core.text import reason
from coursework.core.verdicts import Outcome, Verdict
from coursework.grading import prepare
from coursework.grading.gradebook import Basis, Context
from coursework.grading.verdicts import seal, verdict_of
from coursework.intake.store import refresh
from coursework.judging import drawn, evidence
from coursework.judging.conclude import conclude
from coursework.judging.evidence import Evidence
from coursework.judging.reference import notebook, task
from coursework.sandbox.engines import run_all
from coursework.sandbox.execute import SandboxExecute
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


class Recording(Autograde):
    """nbgrader's Autograde for a notebook that has run: sanitized before it ran, it is converted once, as it is."""

    executed: NotebookNode
    context = Context()

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """As Autograde's, which opens the gradebook five times."""
        super(Autograde, self).init_assignment(assignment_id, student_id)
        came = self.coursedir.get_existing_timestamp(self._format_source(assignment_id, student_id))
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            gradebook.update_or_create_student(student_id)
            gradebook.update_or_create_submission(assignment_id, student_id, **({"timestamp": came} if came else {}))
        # The course's files beside the notebook take the place of those of the same name that were handed in.
        source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", assignment_id))
        kept = {source / name for name in self.exclude_overwriting.get(assignment_id, [])}
        for name in find_all_files(str(source), [*self.coursedir.ignore, "*.ipynb"]):
            if Path(name) in kept:
                continue
            target = Path(self._format_dest(assignment_id, student_id), Path(name).relative_to(source))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy(name, target)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        resources = self.init_single_notebook_resources(notebook_filename)
        self._sanitizing = False
        try:
            self._init_preprocessors()
            self.write_single_notebook(*self.exporter.recorded(self.executed, resources, self.context))
        finally:
            self._sanitizing = True


def record(course: Course, assignment: str, student: str, executed: NotebookNode, mark: str, context: Context) -> None:
    """Judge and write one student's run through nbgrader's Autograde; raises StaffError with its reason.

    Only when all of it is written, `mark` makes it a grade that need not be done again.
    """
    config = copy.deepcopy(course.config)  # its sections would be shared otherwise
    chain = [p for p in config.Autograde.autograde_preprocessors if p is not SandboxExecute]
    config.Autograde.autograde_preprocessors = chain
    with transaction(course.db_url):
        _convert(course, assignment, student, config, executed, context)
        name_student(course, student)
        deadlines.tell_gradebook(course, assignment, student)
    seal(course, assignment, student, mark)


def _convert(
    course: Course, assignment: str, student: str, config: Config, executed: NotebookNode, context: Context
) -> None:
    """nbgrader's conversion of one notebook; raises StaffError with its reason."""
    with log_to_list() as lines:
        converter = Recording(coursedir=course.directory(assignment, student), config=config)
        converter.executed, converter.context = executed, context
        converter.force, converter.create_student = True, True
        try:
            converter.start()
        except Exception as error:
            raise StaffError(f"{student} could not be recorded: {cause(lines) or reason(error)}") from None


def name_student(course: Course, student: str) -> None:
    """Names in the gradebook, from the roster or the id `Last_First`, unless somebody has put others there."""
    people = deadlines.roster(course)
    known = people.by_id.get(student) if people else None
    last, _, first = student.rpartition("_")
    with Gradebook(course.db_url) as gradebook:
        entry = gradebook.find_student(student)
        if known and not entry.last_name and not entry.first_name:
            entry.last_name, entry.first_name, entry.email = known.last, known.first, known.email or None
        elif last and not entry.last_name and not entry.first_name:
            entry.last_name, entry.first_name = last.replace("-", " "), first.replace("-", " ")
        gradebook.db.commit()


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
        nb = prepare.sanitize(course, assignment, student)
        handins[student] = prepare.handin_files(course, assignment, student)
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
                outcomes = tuple(_outcome(course, r, handin, ran.get(r.cell), basis.known) for r in requests)
                context = Context(outcomes=outcomes, basis=basis)
                record(course, assignment, student, executed, found[student], context)
                rows[student] = row(course, assignment, student, fresh=True)
            except StaffError as error:
                rows[student] = Graded(student, state="error", error=str(error))
            except Exception as error:  # costs nobody else a grade
                rows[student] = Graded(student, state="error", error=f"could not be recorded: {reason(error)}")
        tell(done, len(todo), rows[student])
    return Summary(assignment, [rows[s] for s in chosen])


def _outcome(course: Course, request: Evidence, handin: dict[str, bytes], ran: str | None, known: dict) -> Outcome:
    executed = unpacked(ran) if ran else None
    return conclude(course, request, handin, executed, known)


def skeleton_points(nb: NotebookNode) -> tuple[float, float]:
    """(automatic, manual) points of a notebook."""
    graded = [c for c in nb.cells if is_grade(c)]
    manual = sum(float(c.metadata.nbgrader.points) for c in graded if is_solution(c))
    return sum(float(c.metadata.nbgrader.points) for c in graded) - manual, manual
