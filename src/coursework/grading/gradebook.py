"""From verdicts to nbgrader's gradebook: the two preprocessors that stand after the run.

The order makes a stopped run harmless: a student's scores go to the gradebook in one transaction, then the verdict
record is written, and only when everything of this student is done does `seal` put the fingerprint into it, by which
the next run takes the student for graded.
"""

from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import determine_grade, is_grade, is_solution

from coursework.core.cells import about_cell, grade_id_of, is_test, question
from coursework.core.course import Course
from coursework.core.files import digest, read_json, write_json
from coursework.core.outputs import saved_outputs
from coursework.grading import versions
from coursework.intake.repair import sentences
from coursework.judging import evidence, proof
from coursework.judging.causes import environment_reasons
from coursework.judging.conclude import Outcome, not_tried
from coursework.judging.judge import CellVerdict, Finding, judge_notebook, write_score
from coursework.judging.policy import refusals
from coursework.judging.reference import limits, notebook, reference
from coursework.sandbox.execute import RUN_KEY
from coursework.sandbox.machines import environment


def verdict_path(course: Course, assignment: str, student: str) -> Path:
    return course.autograded(student, assignment) / "verdict.json"


def read_verdict(path: Path) -> dict[str, Any]:
    """A verdict record as far as others rely on it; empty when it is not there, or damaged."""
    found = read_json(path)
    cells = found.get("cells") if isinstance(found, dict) else None
    if not isinstance(cells, dict) or not all(isinstance(found.get(name, {}), dict) for name in ("answers", "files")):
        return {}
    whole = all(isinstance(c, dict) and isinstance(c.get("score"), int | float) for c in cells.values())
    return found if whole else {}


def verdict_of(course: Course, assignment: str, student: str) -> dict[str, Any]:
    """What `read_verdict` finds of this student."""
    return read_verdict(verdict_path(course, assignment, student))


def put_aside(course: Course, assignment: str, student: str) -> dict[str, Any]:
    """The verdict record that stands, kept until the next one is written: nbgrader removes its folder before that."""
    aside = course.state(f"before/{assignment}/{student}.json")
    if found := verdict_of(course, assignment, student):
        write_json(aside, found)
    return found or read_verdict(aside)


def seal(course: Course, assignment: str, student: str, mark: str) -> None:
    """Say in the verdict record that all of this student's grade is written."""
    path = verdict_path(course, assignment, student)
    write_json(path, read_json(path) | {"fingerprint": mark})


def answer_digests(nb: NotebookNode) -> dict[str, str]:
    """SHA-256 of every answer cell's content, by grade_id."""
    return {str(c.metadata.nbgrader.get("grade_id")): digest(c.source) for c in nb.cells if is_solution(c)}


def file_digests(course: Course, assignment: str, student: str) -> dict[str, str]:
    """SHA-256 of every file that came with the notebook, by name."""
    folder = course.submitted(student, assignment) / "handin"
    return {p.relative_to(folder).as_posix(): digest(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def conditions(course: Course) -> str:
    """A digest of what a run depends on besides the notebook: versions, limits, data."""
    return digest(environment(), limits(course), str(course.data))


def tried(course: Course, source: NotebookNode, nb: NotebookNode, files: dict[str, str]) -> str:
    """A digest of all that the outcomes of evidence runs depend on; "" where no cell asks for evidence."""
    requests = evidence.wanted(source)
    asking = {request.cell for request in requests}
    cells = [c.source for c in nb.cells if c.cell_type == "code" and (not is_test(c) or c.id in asking)]
    return digest([repr(request) for request in requests], conditions(course), cells, files) if requests else ""


def outdated(course: Course, assignment: str, student: str, verdict: dict[str, Any]) -> bool:
    """Whether what lies in submitted/ is another submission than the one that `verdict` was passed on."""
    path = course.submitted(student, assignment) / f"{assignment}.ipynb"
    try:
        now = answer_digests(nbformat.read(path, as_version=4))
    except (OSError, ValueError, AttributeError, TypeError):
        return False
    files = file_digests(course, assignment, student)
    return verdict.get("answers", now) != now or verdict.get("files", files) != files


class Judge(NbGraderPreprocessor):
    """Judge the run that just ended; the verdict record goes on to `SaveVerdicts`."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        course = Course.find()
        student, assignment = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
        source = notebook(course, assignment)
        known, misconceptions = reference(course, assignment), proof.misconceptions(course, assignment)
        verdicts = judge_notebook(nb, known, misconceptions, refusals(source, nb))
        run = dict(nb.metadata.pop(RUN_KEY, {}))
        lacking = environment_reasons(nb, versions.of(course, assignment, student))
        folder = course.submitted(student, assignment)
        repair = read_json(folder / "repair.json", {})
        where = f"submitted/{student}/{assignment}/{repair.get('original', '')}"
        saved = saved_outputs(folder / f"{assignment}.ipynb", where)
        for cell in nb.cells:
            if saved.get(cell.id) and not is_test(cell):
                cell.outputs = saved[cell.id]
        files, keep = file_digests(course, assignment, student), resources.get("coursework_keep")
        outcomes, mark = _outcomes(resources, source, tried(course, source, nb, files))
        resources["coursework_evidence"] = outcomes
        if keep:
            keep_verdicts(nb, verdicts, keep["cells"])
        show_evidence(nb, verdicts, outcomes)
        record = verdict_record(student, assignment, run, verdicts, repair)
        if keep:
            record |= {name: keep[name] for name in ("state", "reasons", "seconds", "peak_memory", "limits")}
        record["answers"] = answer_digests(nb)
        record["files"] = files
        record["tried"] = keep.get("tried", "") if keep else mark
        record["conditions"] = conditions(course)
        record["missing"] = missing(source, verdicts)
        if lacking and not keep:
            record["state"], record["reasons"] = "review", [*record["reasons"], *lacking]
        record["evidence"] = [outcome.record() for outcome in outcomes]
        if doubted := [f"{outcome.cell}: {outcome.text}" for outcome in outcomes if outcome.agrees is False]:
            record["state"] = "review"
            record["reasons"] = [*record["reasons"], *(d for d in doubted if d not in record["reasons"])]
        resources["coursework_verdict"] = record
        return nb, resources


def _outcomes(resources: dict, source: NotebookNode, now: str) -> tuple[list[Outcome], str]:
    """(what came of the evidence, the digest of what it came of). Plain `nbgrader autograde` tries none: there the
    outcomes of the grade before stand, if all that they depend on is as it is `now`."""
    found = resources.get("coursework_evidence")
    if found is not None:
        return found, now
    before = resources.get("coursework_before", {})
    if now and before.get("tried") == now:
        return [Outcome(**outcome) for outcome in before["evidence"]], now
    return [not_tried(request) for request in evidence.wanted(source)], ""


def keep_verdicts(nb: NotebookNode, verdicts: dict[str, CellVerdict], kept: dict[str, dict]) -> None:
    """Put the verdicts of an earlier record in the place of those of cells that did not run again."""
    for cell in nb.cells:
        old = kept.get(cell.id) if is_test(cell) else None
        if old:
            verdict = CellVerdict(old["points"], old["score"], old["message"])
            verdict.checks = [Finding(**about) for about in old["checks"]]
            verdicts[cell.id] = verdict
            write_score(cell, verdict)


def show_evidence(nb: NotebookNode, verdicts: dict[str, CellVerdict], outcomes: list[Outcome]) -> None:
    """Say below each evidence cell, where the human grader and the student read it, what came of the claim."""
    for outcome in outcomes:
        verdict = verdicts[outcome.cell]
        verdict.message = outcome.text
        verdict.checks = []
        verdict.score = round(verdict.points * (outcome.fraction or 0.0), 4)
        for cell in nb.cells:
            if cell.id == outcome.cell:
                write_score(cell, verdict)


def missing(source: NotebookNode, verdicts: dict[str, CellVerdict]) -> list[str]:
    """What is said of tests that `source` calls required, whatever their points, and that did not pass."""
    found = {grade_id_of(c): about_cell(c).required for c in source.cells if is_test(c)}
    return [
        f"{question(grade_id)}: {text}"
        for grade_id, text in found.items()
        if text and any(finding.fraction < 1 for finding in verdicts[grade_id].checks)
    ]


def verdict_record(
    student: str, assignment: str, run: dict[str, Any], verdicts: dict[str, CellVerdict], repair: dict[str, Any]
) -> dict[str, Any]:
    """The content of verdict.json (docs/architecture.md)."""
    reasons = sentences([r for r in repair.get("repairs", []) if r.get("review")])
    stopped = run.get("stopped")
    limits = [f"{cell}: {text}" for cell, text in run.get("cells", {}).items()]
    if stopped:
        limits.append(f"the run ended early, in {stopped.get('cell')}: {stopped.get('reason')}")
    for cell, why in run.get("left_out", {}).items():
        reasons.append(
            f"the cell {cell} of the student's own ended the run ({why}): it was left out, the rest was run again"
        )
    review = bool(stopped) or bool(run.get("left_out")) or bool(repair.get("review"))
    return {
        "student": student,
        "assignment": assignment,
        "release": repair.get("release"),
        "fingerprint": "",
        "state": "review" if review else "graded",
        "reasons": reasons,
        "seconds": {
            "wall": run.get("wall", 0.0),
            "cpu": run.get("cpu", 0.0),
            "slowest_cell": run.get("slowest_cell"),
            "slowest": run.get("slowest", 0.0),
        },
        "peak_memory": run.get("peak_memory", 0),
        "limits": limits,
        "answers": {},
        "cells": {
            grade_id: {
                "question": question(grade_id),
                "points": v.points,
                "score": v.score,
                "message": v.message,
                "checks": [f.record() for f in v.checks],
            }
            for grade_id, v in verdicts.items()
        },
    }


class SaveVerdicts(SaveAutoGrades):
    """nbgrader's SaveAutoGrades in one transaction, and a grade that a human gave stays settled while the answer is the
    same. Then the verdict record is written, still without its fingerprint (see `seal`)."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about, record = resources["nbgrader"], resources["coursework_verdict"]
        self.notebook_id, self.assignment_id = about["notebook"], about["assignment"]
        self.student_id, self.db_url = about["student"], about["db_url"]
        course, before = Course.find(), resources.get("coursework_before", {}).get("answers", {})
        same = {g for g, value in record["answers"].items() if before.get(g) == value}
        waiting = {outcome.cell for outcome in resources["coursework_evidence"] if outcome.waits}
        with Gradebook(self.db_url) as self.gradebook:
            for cell in nb.cells:
                if is_solution(cell):
                    self._add_comment(cell, resources)
            for cell in nb.cells:
                if is_grade(cell):
                    self._add_grade(cell, _unchanged(nb, cell.metadata.nbgrader.grade_id, same), waiting)
            self.gradebook.db.commit()
        write_json(verdict_path(course, self.assignment_id, self.student_id), record)
        course.state(f"before/{self.assignment_id}/{self.student_id}.json").unlink(missing_ok=True)
        return nb, resources

    def _add_grade(self, cell: NotebookNode, unchanged: bool, waiting: set[str]) -> None:
        """The cell's score, and whether a human has to look: at points that nobody has given, at points that wait for
        a grader, and at what somebody has graded when the answer was another one."""
        grade_id = cell.metadata.nbgrader.grade_id
        grade = self.gradebook.find_grade(grade_id, self.notebook_id, self.assignment_id, self.student_id)
        settled = grade.manual_score is not None and not grade.needs_manual_grade
        grade.auto_score = determine_grade(cell, self.log)[0]
        ungraded = grade.auto_score is None and grade.max_score > 0
        open_now = ungraded or grade.manual_score is not None or grade_id in waiting
        grade.needs_manual_grade = open_now and not (settled and unchanged)


def _unchanged(nb: NotebookNode, grade_id: str, same: set[str]) -> bool:
    """Whether the answer that a graded cell is about is among the `same` ones: of a test, all that no human grades."""
    cells = {c.metadata.nbgrader.grade_id: c for c in nb.cells if is_solution(c)}
    return grade_id in same if grade_id in cells else all(g in same for g, c in cells.items() if not is_grade(c))
