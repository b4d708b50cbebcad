"""autograded/ → feedback/: what a student reads, through nbgrader's own generate_feedback.

Never shown: a hidden test, a mark scheme, an expected value, or what the grading run printed. That run executed the
student's code beside the hidden tests, so code could have caught and printed them: the outputs below the student's
cells are therefore the ones that were handed in, not the ones of the grading run.
"""

import copy
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbformat.notebooknode import NotebookNode
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_solution
from traitlets.config import Config

from coursework.core import deadlines
from coursework.core.books import Gradebook
from coursework.core.cells import question
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import Written
from coursework.core.logs import cause, log_to_list
from coursework.core.outputs import nothing_saved, saved_outputs
from coursework.core.rubrics import MARK_SCHEME, Earned, earned, schemes
from coursework.core.verdicts import CellVerdict, RepairRecord, Verdict, repair_of
from coursework.grading.verdicts import outdated, verdict_of
from coursework.intake.repair import sentences
from coursework.intake.waiting import waiting
from coursework.returning.album import Album
from coursework.returning.page import StandalonePage, clean_html, formulas_of, shortened

OLDER = "You have handed in again since: this page is about the earlier submission, and shows none of its outputs."
SUBMITTED = "the file that you submitted"
SIGNS = {"good": "✓", "bad": "✗", "part": "◐", "wait": "…"}


def configure(c: Config) -> None:
    """Let nbgrader's generate_feedback, and so formgrader's button, write our page."""
    # What a submission's record says to the student is on the page; the rest of it is for staff.
    c.CourseDirectory.ignore = [*(c.CourseDirectory.get("ignore") or []), "repair.json"]
    c.GenerateFeedback.exporter_class = StandalonePage
    c.GenerateFeedback.preprocessors = [GetGrades, StudentView, CSSHTMLHeaderPreprocessor]
    # Not c.HTMLExporter: that is formgrader's, too.
    c.StandalonePage.template_name = "coursework_feedback"
    c.StandalonePage.extra_template_basedirs = [str(Path(__file__).parent / "templates")]
    c.StandalonePage.sanitize_html = True
    c.StandalonePage.filters = {"clean_html": clean_html}


def _number(x: float) -> str:
    return f"{x:.2f}".rstrip("0").rstrip(".")


def _state(score: float, points: float, waits: bool = False) -> str:
    if waits:
        return "wait"
    return "good" if score >= points else "part" if score > 0 else "bad"


class StudentView(NbGraderPreprocessor):
    """Cut what is not for the student, and put points and messages where the template finds them."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = resources["nbgrader"]
        course = Course.find()
        student, assignment = about["student"], about["assignment"]
        verdict = verdict_of(course, assignment, student) or Verdict(cells={})
        repair = repair_of(course, assignment, student)
        folder = course.submitted(student, assignment)
        saved = saved_outputs(folder / f"{about['notebook']}.ipynb", SUBMITTED)
        older = outdated(course, assignment, student, verdict)
        if older:  # what is in submitted/ is not what these points and this code are of
            saved, repair = {}, RepairRecord()
        waiting, shapes = _waiting(about), _shapes(course, assignment)
        rows = []
        for cell in nb.cells:
            box = _box(cell, verdict.cells, waiting)
            if box["kind"] == "manual" and box["state"] != "wait":
                box["shape"] = shapes.get(box["id"], "")
            cell.metadata["feedback"] = box
            _cut(cell, box, saved, older)
            if box["kind"] in ("test", "manual") and box["worth"]:
                rows.append(box)
        nb.metadata = NotebookNode(kernelspec=nb.metadata.get("kernelspec", {}), title=assignment)
        resources["album"] = Album(folder / "handin", SUBMITTED)
        resources["feedback"] = {
            "student": _full_name(about),
            "assignment": assignment,
            "title": _title(course, assignment),
            "score": _number(about["score"] - (about.get("late_penalty") or 0)),
            "points": _number(about["max_score"]),
            "waiting": len(waiting),
            "waiting_points": _number(sum(r["worth"] for r in rows if r["state"] == "wait")),
            "notes": [OLDER] * older
            + _extra(course, assignment)
            + _notes(verdict, repair, about.get("late_penalty") or 0, deadlines.late(course, assignment, student)),
            "rows": [_row(box) for box in rows],
        }
        return nb, resources


def _gradebook_notebook(gradebook: Gradebook, about: dict) -> Any:
    return gradebook.find_submission_notebook(about["notebook"], about["assignment"], about["student"])


def _waiting(about: dict) -> set[str]:
    with Gradebook(about["db_url"]) as gradebook:
        return {g.name for g in _gradebook_notebook(gradebook, about).grades if g.needs_manual_grade}


def _full_name(about: dict) -> str:
    with Gradebook(about["db_url"]) as gradebook:
        entry = gradebook.find_student(about["student"])
        return " ".join(n for n in (entry.first_name, entry.last_name) if n) or about["student"]


def _shapes(course: Course, assignment: str) -> dict[str, str]:
    """grade_id of a hand-graded answer → the points of its mark scheme, without a word of it, which is the staff's."""
    try:
        source = read_notebook(course.source(assignment))
    except (StaffError, OSError):
        return {}
    return {grade_id: one.shape for grade_id, one in schemes(source).items() if len(one.lines) > 1}


def _title(course: Course, assignment: str) -> str:
    try:
        about = read_notebook(course.released(assignment)).metadata.get("coursework", {})
    except (StaffError, OSError):
        about = {}
    return about.get("title") or assignment


def _extra(course: Course, assignment: str) -> list[str]:
    """What the course's settings make of this assignment."""
    settings = course.settings
    if assignment in settings.bonus:
        return ["This assignment is extra credit: its points can raise your result in the course, never lower it."]
    best = settings.best_of
    return [f"Of the assignments, your best {best} count in the course."] if best else []


def _notes(verdict: Verdict, repair: RepairRecord, penalty: float, days: deadlines.Late) -> list[str]:
    notes = [f"Missing, {text}." for text in verdict.missing]
    if days.days:
        notes.append(
            f"Handed in {days.text}: {_number(penalty)} {'point is' if penalty == 1 else 'points are'} taken off."
        )
    theirs = [r for r in repair.repairs if r.what != "extra"]
    notes += [f"About your file: {text}" for text in sentences(theirs)]
    return notes + [f"While it ran: {text}" for text in verdict.limits]


def _box(cell: NotebookNode, verdicts: dict[str, CellVerdict], waiting: set[str]) -> dict[str, Any]:
    """What the template needs of one cell."""
    about = cell.metadata.get("nbgrader", {})
    grade_id = about.get("grade_id", "")
    if not is_grade(cell):
        if is_solution(cell) or (not about and cell.cell_type != "markdown"):
            return {"kind": "answer", "hide": False}
        return {"kind": "given", "hide": cell.cell_type == "code"}
    verdict = verdicts.get(grade_id)
    score, points = float(about.get("score") or 0), float(about.get("points") or 0)
    state = _state(score, points, grade_id in waiting)
    box = {
        "kind": "manual" if is_solution(cell) else "test",
        "hide": not points and not is_solution(cell) and not (verdict and verdict.of_evidence),
        "id": grade_id,
        "question": question(grade_id),
        "name": grade_id.partition("--")[2].replace("-", " ") or "your answer",
        "score": "…" if state == "wait" else _number(score),
        "points": _number(points),
        "worth": points,
        "state": state,
        "sign": SIGNS[state],
        "shape": "",
        "lines": [],
    }
    marks, box["comment"] = earned(about.get("comment") or "")
    box["marks"] = [_mark(m) for m in marks]
    if box["kind"] == "test" and verdict:
        box["lines"] = _lines(verdict, score, points)
    return box


def _mark(mark: Earned) -> dict[str, str]:
    """One line of the mark scheme, as a grader has said it."""
    state = _state(mark.got, mark.of)
    return {
        "got": _number(mark.got), "of": _number(mark.of), "text": mark.text, "state": state, "sign": SIGNS[state],
    }  # fmt: skip


def _lines(verdict: CellVerdict, score: float, points: float) -> list[str]:
    """The messages of one test cell: what decides first, then the other checks that failed."""
    if verdict.of_evidence:
        return [verdict.message]
    failed = [c.message for c in verdict.checks if c.fraction < 1 and c.message]
    lines = [verdict.message, *[m for m in failed if m != verdict.message]]
    if score != verdict.score:
        lines.append(f"A grader changed these points from {_number(verdict.score)} to {_number(score)}.")
    return ["All checks passed."] if score >= points and not failed else lines[:4]


def _row(box: dict) -> dict[str, Any]:
    by = "tests" if box["kind"] == "test" else "grader"
    if box["kind"] == "test":
        text = box["lines"][0] if box["lines"] else ""
    else:
        text = "waits for a grader" if box["state"] == "wait" else _short(box)
    short = text if len(text) <= 300 else text[:297].rpartition(" ")[0] + " …"
    return {**box, "by": by, "question": f"{box['question']} {box['name']}", "text": short}


def _short(box: dict) -> str:
    """A grader's comment in a line: its first own words, else what did not earn all of its points."""
    lost = [m["text"] for m in box["marks"] if m["state"] != "good"]
    if box["comment"] or not lost:
        return next(iter(box["comment"]), "")
    return "not all: " + "; ".join(lost)


def _cut(cell: NotebookNode, box: dict, saved: dict[str, list], older: bool) -> None:
    """Take out of the cell what is not for the student."""
    if cell.cell_type == "markdown":
        cell.source = MARK_SCHEME.sub("", cell.source)
    if cell.cell_type != "code":
        return
    cell.outputs = []
    if box["kind"] in ("answer", "manual"):
        cell.outputs = shortened(saved.get(cell.id, [])) or ([] if older else nothing_saved(cell))
    else:
        cell.source = ""


def lacks(course: Course, assignment: str, student: str) -> str:
    """What a student's page lacks: the questions whose answers wait for a grader; "" when it is complete."""
    about = {"db_url": course.db_url, "notebook": assignment, "assignment": assignment, "student": student}
    names = sorted({question(name) or name for name in _waiting(about)})
    return f"{', '.join(names)} {'waits' if len(names) == 1 else 'wait'} for a grader" if names else ""


def write_feedback(course: Course, assignment: str, students: list[str] | None = None) -> Written:
    """Write feedback/<student>/<assignment>/ for everybody graded (or these); one failure does not stop the others.

    Who has handed in again since the grade gets no page that would mix the two submissions, and is named; so is whoever
    has no page because nothing of theirs is graded. Raises StaffError when nobody was graded.
    """
    graded = course.holders("autograded", assignment, f"{assignment}.ipynb")
    if unknown := sorted(set(students or ()) - set(graded)):
        raise StaffError(f"{unknown[0]} is not graded in {assignment}: run `coursework autograde {assignment}` first")
    if not graded:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    deadlines.settle(course, assignment)
    report = Written("feedback page", f"of {assignment} in feedback/")
    for student in students or graded:
        path = course.feedback(student, assignment) / f"{assignment}.html"
        verdict = verdict_of(course, assignment, student)
        if not verdict or outdated(course, assignment, student, verdict):
            why = "what was handed in since is not graded" if verdict else "the record of the verdict cannot be read"
            report.failed.append((student, f"{why}: run `coursework autograde {assignment}`"))
            continue
        with log_to_list() as lines:
            converter = GenerateFeedback(
                coursedir=course.directory(assignment, student), config=copy.deepcopy(course.config)
            )
            converter.force = True
            try:
                converter.start()
            except Exception as error:
                report.failed.append((student, cause(lines) or str(error)))
                continue
        if path.exists():
            report.written.append(path)
            report.count(student, *formulas_of(path.read_text(encoding="utf-8")))
            if what := lacks(course, assignment, student):
                report.open.append((student, what))
        else:
            report.failed.append((student, f"{path.name} was not written: {cause(lines) or 'no reason was given'}"))
    if not students:
        report.without = _without(course, assignment, set(graded))
    return report


def _without(course: Course, assignment: str, graded: set[str]) -> list[tuple[str, str]]:
    """Whoever has no page, and why: could not be taken, not graded yet, nothing submitted."""
    could_not, here = waiting(course, assignment), set(course.students(assignment))
    said = [(s, f"could not be taken: {about.get('why', '')}") for s, about in could_not.items() if s not in graded]
    said += [(s, f"not graded yet: run `coursework autograde {assignment}`") for s in here - graded - set(could_not)]
    people = deadlines.roster(course)
    nothing = [s.id for s in people.students if s.id not in graded | here | set(could_not)] if people else []
    return sorted(said) + [(student, "nothing handed in") for student in nothing]
