"""From a run to the gradebook: judge it, write the scores, write the verdict record. `record_run` is the only way.

`autograde`, `regrade` and plain `nbgrader autograde` all come here, each through nbgrader's Autograde and its last
preprocessor. The order makes a stopped run harmless: a student's scores go to the gradebook in one transaction, then
the verdict record is written, and only when everything of this student is done is it sealed (`verdicts.seal`).
"""

from dataclasses import dataclass
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution

from coursework.core.books import Gradebook
from coursework.core.cells import about_cell, grade_id_of, is_test, question
from coursework.core.course import Course
from coursework.core.outputs import saved_outputs
from coursework.core.probes import Misconception, Probe
from coursework.core.verdicts import CellVerdict, Outcome, RepairRecord, Seconds, Verdict, repair_of
from coursework.grading import versions
from coursework.grading.verdicts import answer_digests, aside_path, conditions, file_digests, tried, verdict_path
from coursework.intake.repair import sentences
from coursework.judging import drawn, evidence, proof
from coursework.judging.causes import environment_reasons, without_a_gpu
from coursework.judging.conclude import not_tried
from coursework.judging.judge import judge_notebook, write_score
from coursework.judging.policy import refusals
from coursework.judging.probe import CUT_OFF
from coursework.judging.reference import notebook, reference
from coursework.sandbox.execute import RUN_KEY


@dataclass(frozen=True)
class Basis:
    """What the answers to an assignment are judged by.

    Attributes:
        source: The source notebook, as `reference.notebook` has it; nobody changes it.
        known: grade_id of a test → what the reference says of its probes.
        misconceptions: grade_id of a test → the known wrong answers.
    """

    source: NotebookNode
    known: dict[str, list[Probe]]
    misconceptions: dict[str, list[Misconception]]

    @classmethod
    def of(cls, course: Course, assignment: str) -> "Basis":
        """Raises StaffError where the reference fails, or the proof record cannot be read."""
        known = reference(course, assignment)
        return cls(notebook(course, assignment), known, proof.misconceptions(course, assignment))


@dataclass(frozen=True)
class Context:
    """What goes along with an executed notebook through nbgrader's preprocessors, as `resources["coursework"]`.

    Attributes:
        before: The verdict so far.
        outcomes: What came of the evidence; None where none was tried: plain `nbgrader autograde`.
        kept: A verdict whose cells stay as they are, but for those that the notebook has run again.
        again: The tests that have run again.
        basis: What is judged by, where a class has read it; else it is read anew.
    """

    before: Verdict | None = None
    outcomes: tuple[Outcome, ...] | None = None
    kept: Verdict | None = None
    again: frozenset[str] = frozenset()
    basis: Basis | None = None


class RecordRun(NbGraderPreprocessor):
    """nbgrader's way to `record_run`, in the place of its SaveAutoGrades."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = resources["nbgrader"]
        context = resources.get("coursework") or Context()
        record_run(Course.find(), about["assignment"], about["student"], nb, context)
        return nb, resources


def record_run(course: Course, assignment: str, student: str, nb: NotebookNode, context: Context) -> Verdict:
    """Judge an executed notebook and write what came of it.

    Args:
        nb: As it ran, hidden tests included. The outputs of its tests become the scores, those of its answers become
            the ones that were handed in.

    Returns:
        The verdict, still without its fingerprint.
    """
    verdict = judge_run(course, assignment, student, nb, context)
    save_scores(course, nb, verdict, context.before)
    verdict.write(verdict_path(course, assignment, student))
    aside_path(course, assignment, student).unlink(missing_ok=True)
    return verdict


def judge_run(course: Course, assignment: str, student: str, nb: NotebookNode, context: Context) -> Verdict:
    """The verdict on an executed notebook; nothing is written."""
    basis = context.basis or Basis.of(course, assignment)
    source, whole = basis.source, _ended_well(nb)
    mine = drawn.draw(course, assignment, student, drawn.claim(nb), basis.known, basis.misconceptions)
    cells = judge_notebook(nb, mine.known, mine.misconceptions, refusals(source, nb))
    run = dict(nb.metadata.pop(RUN_KEY, {}))
    lacking = environment_reasons(nb, versions.of(course, assignment, student)) + _cut_off(cells, whole)
    lacking += without_a_gpu(cells)
    repair = repair_of(course, assignment, student)
    where = f"submitted/{student}/{assignment}/{repair.original}"
    saved = saved_outputs(course.submitted(student, assignment) / f"{assignment}.ipynb", where)
    for cell in nb.cells:
        if saved.get(cell.id) and not is_test(cell):
            cell.outputs = saved[cell.id]
    drawn.show(course, assignment, nb, mine)
    answers, files = answer_digests(nb), file_digests(course, assignment, student)
    outcomes, mark = _outcomes(context, source, tried(course, source, nb, files))
    if context.kept:
        _keep(nb, cells, {g: v for g, v in context.kept.cells.items() if g not in context.again})
    _show_evidence(nb, cells, outcomes)
    if context.kept:
        verdict = context.kept.model_copy(update={"release": repair.release, "fingerprint": ""})
    else:
        verdict = _of_run(run, repair)
        verdict.tried = mark
        if lacking:
            verdict.state, verdict.reasons = "review", [*verdict.reasons, *lacking]
    if mine.doubt and mine.doubt not in verdict.reasons:
        verdict.state, verdict.reasons = "review", [*verdict.reasons, mine.doubt]
    verdict.student, verdict.assignment, verdict.cells = student, assignment, cells
    verdict.answers, verdict.files, verdict.conditions = answers, files, conditions(course)
    verdict.missing, verdict.evidence = _missing(source, cells), outcomes
    if doubted := [f"{outcome.cell}: {outcome.text}" for outcome in outcomes if outcome.agrees is False]:
        verdict.state = "review"
        verdict.reasons = [*verdict.reasons, *(d for d in doubted if d not in verdict.reasons)]
    return verdict


def _ended_well(nb: NotebookNode) -> set[str]:
    """Ids of the tests that ran to their end as far as the kernel says: no error, no limit."""
    run = nb.metadata.get(RUN_KEY, {})
    if run.get("stopped"):
        return set()
    tests = [cell for cell in nb.cells if is_test(cell) and cell.id not in run.get("cells", {})]
    return {cell.id for cell in tests if all(output.get("output_type") != "error" for output in cell.outputs)}


def _cut_off(cells: dict[str, CellVerdict], whole: set[str]) -> list[str]:
    """What is said of tests that ended well and yet sent no result: the student's process has interfered."""
    names = [name for name in cells if name in whole and any(found.rung == CUT_OFF for found in cells[name].checks)]
    return [f"{name} ended without an error before its results were sent: look at what the code does" for name in names]


def _outcomes(context: Context, source: NotebookNode, now: str) -> tuple[list[Outcome], str]:
    """(what came of the evidence, the hash of what it came of). Plain `nbgrader autograde` tries none: there the
    outcomes of the grade before hold, if all that they depend on is as it is `now`."""
    if context.outcomes is not None:
        return list(context.outcomes), now
    if now and context.before and context.before.tried == now:
        return context.before.evidence, now
    return [not_tried(request) for request in evidence.wanted(source)], ""


def _keep(nb: NotebookNode, cells: dict[str, CellVerdict], old: dict[str, CellVerdict]) -> None:
    """Put earlier verdicts in the place of those of cells that did not run again."""
    for cell in nb.cells:
        if is_test(cell) and cell.id in old:
            cells[cell.id] = old[cell.id]
            write_score(cell, old[cell.id])


def _show_evidence(nb: NotebookNode, cells: dict[str, CellVerdict], outcomes: list[Outcome]) -> None:
    """Say below each evidence cell, where the human grader and the student read it, what came of the claim."""
    for outcome in outcomes:
        verdict = cells[outcome.cell]
        verdict.message = outcome.text
        verdict.checks = []
        verdict.score = round(verdict.points * (outcome.fraction or 0.0), 4)
        for cell in nb.cells:
            if cell.id == outcome.cell:
                write_score(cell, verdict)


def _missing(source: NotebookNode, cells: dict[str, CellVerdict]) -> list[str]:
    """What is said of tests that `source` calls required, whatever their points, and that did not pass."""
    found = {grade_id_of(c): about_cell(c).required for c in source.cells if is_test(c)}
    return [
        f"{question(grade_id)}: {text}"
        for grade_id, text in found.items()
        if text and any(finding.fraction < 1 for finding in cells[grade_id].checks)
    ]


def _of_run(run: dict[str, Any], repair: RepairRecord) -> Verdict:
    """What the worker and the intake say of a submission."""
    reasons = sentences([r for r in repair.repairs if r.review])
    stopped = run.get("stopped")
    limits = [f"{cell}: {text}" for cell, text in run.get("cells", {}).items()]
    if stopped:
        limits.append(f"the run ended early, in {stopped.get('cell')}: {stopped.get('reason')}")
    for cell, why in run.get("left_out", {}).items():
        reasons.append(
            f"the cell {cell} of the student's own ended the run ({why}): it was left out, the rest was run again"
        )
    for cell, call in run.get("endings", {}).items():
        reasons.append(f"the cell {cell} of the student's own calls {call} to end Python: here the run went on")
    review = bool(stopped) or bool(run.get("left_out")) or bool(run.get("endings")) or repair.review
    return Verdict(
        release=repair.release,
        state="review" if review else "graded",
        reasons=reasons,
        seconds=Seconds(**{name: run[name] for name in ("wall", "cpu", "slowest_cell", "slowest") if name in run}),
        peak_memory=run.get("peak_memory", 0),
        limits=limits,
        cells={},
    )


def save_scores(course: Course, nb: NotebookNode, verdict: Verdict, before: Verdict | None) -> None:
    """nbgrader's SaveAutoGrades in one transaction; a grade that a human gave stays settled while the answer is the
    same."""
    answers, old = verdict.answers or {}, (before.answers if before else None) or {}
    same = {g for g, value in answers.items() if old.get(g) == value}
    waiting = {outcome.cell for outcome in verdict.evidence if outcome.waits}
    with Gradebook(course.db_url) as gradebook:
        found = gradebook.find_submission_notebook(verdict.assignment, verdict.assignment, verdict.student)
        cells = found.notebook
        names = {c.id: c.name for c in [*cells.grade_cells, *cells.solution_cells, *cells.task_cells]}
        comments = {names[comment.cell_id]: comment for comment in found.comments}
        grades = {names[grade.cell_id]: grade for grade in found.grades}
        for cell in nb.cells:
            if is_solution(cell):
                untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
                comments[grade_id_of(cell)].auto_comment = "No response." if untouched else None
        written = {grade_id_of(c): c for c in nb.cells if is_solution(c)}
        rest = all(g in same for g, c in written.items() if not is_grade(c))  # all that no human grades
        with gradebook.db.no_autoflush:  # points are asked for, and nothing that was written just now
            for cell in nb.cells:
                if is_grade(cell):
                    name = grade_id_of(cell)
                    unchanged = name in same if name in written else rest
                    set_grade(grades[name], determine_grade(cell)[0], unchanged, name in waiting)
        gradebook.db.commit()


def set_grade(grade: Any, score: float | None, unchanged: bool, waits: bool) -> None:
    """Give the gradebook's `grade` its automatic score, and say whether it needs a human: for points that nobody has
    given, at points that wait for a grader, and at what somebody has graded when the answer was another one."""
    settled = grade.manual_score is not None and not grade.needs_manual_grade
    grade.auto_score = score
    open_now = (score is None and grade.max_score > 0) or grade.manual_score is not None or waits
    grade.needs_manual_grade = open_now and not (settled and unchanged)
