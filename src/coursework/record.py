"""From verdicts to nbgrader's gradebook: the two preprocessors that stand after the run."""

import re
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution

from coursework import evidence, proof
from coursework.conclude import Outcome, not_tried
from coursework.course import Course
from coursework.execute import RUN_KEY
from coursework.files import digest, read_json, write_json
from coursework.judge import CellVerdict, Finding, is_test, judge_notebook, refusals, write_score
from coursework.reference import environment, limits, notebook, reference
from coursework.saved import saved_outputs


def question(grade_id: str) -> str:
    """The question that a cell belongs to: `q2-1-mlp--forward` is of 2.1, `q3-1a-working` of 3.1a."""
    parts = grade_id.removeprefix("q").split("-")
    return ".".join(p for p in parts[:2] if re.fullmatch(r"\d+[a-z]?", p))


def answer_digests(nb: NotebookNode) -> dict[str, str]:
    """SHA-256 of every answer cell's content, by grade_id."""
    return {c.metadata.nbgrader.grade_id: digest(c.source) for c in nb.cells if is_solution(c)}


def file_digests(course: Course, assignment: str, student: str) -> dict[str, str]:
    """SHA-256 of every file that came with the notebook, by name."""
    folder = course.submitted(student, assignment) / "handin"
    return {p.relative_to(folder).as_posix(): digest(p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def conditions(course: Course) -> str:
    """A digest of what a run depends on besides the notebook: versions, limits, data."""
    return digest(environment(), limits(course), str(course.data))


def outdated(course: Course, assignment: str, student: str, verdict: dict[str, Any]) -> bool:
    """Whether what lies in submitted/ is another hand-in than the one that `verdict` was passed on."""
    path = course.submitted(student, assignment) / f"{assignment}.ipynb"
    try:
        now = answer_digests(nbformat.read(path, as_version=4))
    except (OSError, ValueError):
        return False
    files = file_digests(course, assignment, student)
    return verdict.get("answers", now) != now or verdict.get("files", files) != files


class Judge(NbGraderPreprocessor):
    """Judge the run that just ended and put the verdict record beside the autograded notebook."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        course = Course.find()
        student, assignment = resources["nbgrader"]["student"], resources["nbgrader"]["assignment"]
        run = dict(nb.metadata.get(RUN_KEY, {}))
        source = notebook(course, assignment)
        known, slips = reference(course, assignment), proof.slips(course, assignment)
        verdicts = judge_notebook(nb, known, slips, refusals(source, nb))
        nb.metadata.pop(RUN_KEY, None)
        saved = saved_outputs(course.submitted(student, assignment) / f"{assignment}.ipynb")
        for cell in nb.cells:
            if saved.get(cell.id) and not is_test(cell):
                cell.outputs = saved[cell.id]
        outcomes = resources.get("coursework_evidence")
        if outcomes is None:  # plain `nbgrader autograde`
            outcomes = [not_tried(request) for request in evidence.wanted(source)]
            resources["coursework_evidence"] = outcomes
        keep = resources.get("coursework_keep")
        if keep:
            keep_verdicts(nb, verdicts, keep["cells"])
        show_evidence(nb, verdicts, outcomes)
        repair = read_json(course.submitted(student, assignment) / "repair.json", {})
        record = verdict_record(student, assignment, run, verdicts, repair)
        if keep:
            record |= {name: keep[name] for name in ("state", "reasons", "seconds", "peak_memory", "limits")}
        record["answers"] = answer_digests(nb)
        record["files"] = file_digests(course, assignment, student)
        record["conditions"] = conditions(course)
        record["missing"] = missing(source, verdicts)
        record["evidence"] = [outcome.record() for outcome in outcomes]
        if doubted := [f"{outcome.cell}: {outcome.text}" for outcome in outcomes if outcome.agrees is False]:
            record["state"] = "look"
            record["reasons"] = [*record["reasons"], *(d for d in doubted if d not in record["reasons"])]
        record["fingerprint"] = resources.get("coursework_fingerprint", "")
        resources["coursework_verdict"] = record
        write_json(course.autograded(student, assignment) / "verdict.json", record)
        return nb, resources


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
    found = {
        c.metadata.nbgrader.grade_id: c.metadata.get("coursework", {}).get("required")
        for c in source.cells
        if is_test(c)
    }
    return [
        f"{question(grade_id)}: {text}"
        for grade_id, text in found.items()
        if text and any(finding.fraction < 1 for finding in verdicts[grade_id].checks)
    ]


def verdict_record(
    student: str, assignment: str, run: dict[str, Any], verdicts: dict[str, CellVerdict], repair: dict[str, Any]
) -> dict[str, Any]:
    """The content of verdict.json (docs/architecture.md)."""
    reasons = [r["text"] for r in repair.get("repairs", []) if r.get("look")]
    stopped = run.get("stopped")
    limits = [f"{cell}: {text}" for cell, text in run.get("cells", {}).items()]
    if stopped:
        limits.append(f"the run ended early, in {stopped.get('cell')}: {stopped.get('reason')}")
    look = bool(stopped) or bool(repair.get("look"))
    return {
        "student": student,
        "assignment": assignment,
        "release": repair.get("release"),
        "fingerprint": "",
        "state": "look" if look else "graded",
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
    """nbgrader's SaveAutoGrades, but a grade that a human gave stays settled while the answer is the same."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about = resources["nbgrader"]
        course = Course.find()
        path = course.state(f"settled/{about['assignment']}/{about['student']}.json")
        before, now = read_json(path, {}), answer_digests(nb)
        settled = self._settled(nb, about)
        nb, resources = super().preprocess(nb, resources)
        code = {g: now[g] for g in now if not _is_manual(nb, g)}
        with Gradebook(about["db_url"]) as gradebook:
            for outcome in resources.get("coursework_evidence", []):
                if outcome.waits:
                    grade = gradebook.find_grade(outcome.cell, about["notebook"], about["assignment"], about["student"])
                    grade.needs_manual_grade = True
            for grade_id in settled:
                same = (
                    before.get(grade_id) == now[grade_id]
                    if grade_id in now
                    else all(before.get(g) == value for g, value in code.items())
                )
                if same:
                    grade = gradebook.find_grade(grade_id, about["notebook"], about["assignment"], about["student"])
                    grade.needs_manual_grade = False
            gradebook.db.commit()
        write_json(path, now)
        return nb, resources

    def _settled(self, nb: NotebookNode, about: dict) -> list[str]:
        """Cells whose grade a human has given and which did not wait for another look before this run."""
        found = []
        with Gradebook(about["db_url"]) as gradebook:
            for cell in nb.cells:
                if is_grade(cell):
                    grade_id = cell.metadata.nbgrader.grade_id
                    grade = gradebook.find_grade(grade_id, about["notebook"], about["assignment"], about["student"])
                    if grade.manual_score is not None and not grade.needs_manual_grade:
                        found.append(grade_id)
        return found


def _is_manual(nb: NotebookNode, grade_id: str) -> bool:
    return any(is_grade(c) and c.metadata.nbgrader.grade_id == grade_id for c in nb.cells)
