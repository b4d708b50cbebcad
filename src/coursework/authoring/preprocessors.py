"""The steps from a source notebook to a student's, as preprocessors of nbgrader's GenerateAssignment."""

import copy
import hashlib
import json
import re
from urllib.parse import unquote

from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearSolutions, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution

from coursework.core import clock
from coursework.core.cells import about_notebook, called, grade_id_of, is_option
from coursework.core.clock import DUE
from coursework.core.course import Course, CourseworkSettings
from coursework.judging import variants
from coursework.judging.inline import INLINE_LINE, inline
from coursework.notebook.definitions import defined
from coursework.notebook.submission import mark

STUB_LINE = re.compile(r"^\s*(?:#|<!--)? ?stub: ?(.*?)(?: ?-->)?$")
HAND_IN_CALL = re.compile(r"^(\s*handin\.hand_in\()([^()]*)\)$", re.M)
COLAB = "https://colab.research.google.com"


def due(settings: CourseworkSettings, assignment: str) -> str:
    """What a notebook says of its deadline: the date where the course's configuration has one."""
    text, zone = settings.deadlines.get(assignment), settings.zone
    return f"Due {clock.shown(clock.moment(str(text), zone), zone)}" if text else DUE


class DrawNumbers(NbGraderPreprocessor):
    """Where the course has variants, let the items that have a table draw their numbers (`judging.variants`)."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        course, assignment = Course.find(), resources["nbgrader"]["assignment"]
        if found := variants.of(course, assignment):
            nb = variants.applied(found, nb, assignment, variants.hint(course))
        return nb, resources


class InlineHelpers(NbGraderPreprocessor):
    """Replace the inline lines of the set-up cell by the helpers that the notebook uses; keep the source for later."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        resources["coursework_source"] = copy.deepcopy(nb)
        code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.source = inline(cell.source, code)
        return nb, resources


class TrimHelpers(NbGraderPreprocessor):
    """Leave in the student's copy of the helpers what its cells still use, without docstrings and comments.

    It comes after SaveCells, which has told the gradebook the whole: the grader restores that before a run.
    """

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        source = resources["coursework_source"].cells
        lines = [INLINE_LINE.search(cell.source) and cell.source for cell in source]
        shown = [raw or cell.source for raw, cell in zip(lines, nb.cells, strict=True) if cell.cell_type == "code"]
        for raw, cell in zip(lines, nb.cells, strict=True):
            if raw and cell.cell_type == "code":
                cell.source = inline(raw, "\n".join(shown), student=True)
        return nb, resources


class StubSolutions(ClearSolutions):
    """nbgrader's ClearSolutions, with the stub written in the region itself: its lines ``# stub: …`` are what stays.

    A cell in which no region has such a line gets nbgrader's own stub, which its configuration may change.
    """

    def _replace_solution_region(self, cell: NotebookNode, language: str) -> bool:
        if "stub:" not in cell.source:
            try:
                return super()._replace_solution_region(cell, language)
            except RuntimeError as error:  # nbgrader's does not say of which cell
                raise RuntimeError(f"{called(cell)}: {error}") from None
        kept: list[str] = []
        inside = found = False
        for line in cell.source.split("\n"):
            if self.begin_solution_delimeter in line:
                if inside:
                    raise RuntimeError(f"{called(cell)}: a solution region begins inside another one")
                inside = found = True
                indent = line[: len(line) - len(line.lstrip())]
            elif self.end_solution_delimeter in line:
                inside = False
            elif not inside:
                kept.append(line)
            elif match := STUB_LINE.match(line):
                kept.append((indent + match[1]).rstrip())
        if inside:
            raise RuntimeError(f"{called(cell)}: a solution region has no end")
        cell.source = "\n".join(kept)
        return found


class MarkRelease(NbGraderPreprocessor):
    """Badge, release id, deadline, submission table; nothing personal and nothing of the source's metadata stays."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        about, settings = about_notebook(nb), CourseworkSettings(config=self.config)
        assignment = resources["nbgrader"]["assignment"]
        when = due(settings, assignment)
        for cell in nb.cells:
            cell.metadata = NotebookNode({k: v for k, v in cell.metadata.items() if k in KEPT_CELL_METADATA})
            if grade_id := grade_id_of(cell):
                cell.id = grade_id
            _drop_pictures(cell)
            if cell.cell_type == "code" and cell.source.startswith("# @title"):
                cell.metadata.update(cellView="form", jupyter={"source_hidden": True})  # Colab folds it, and Jupyter
        cells = [_described(c) for c in nb.cells if _role(c)]
        for cell in nb.cells:
            if cell.cell_type == "code":
                table = json.dumps(cells, ensure_ascii=False)
                cell.source = HAND_IN_CALL.sub(lambda m: f"{m[1]}{m[2]}, cells={table})", cell.source)  # noqa: B023
        digest = hashlib.sha256(json.dumps([[c.id, c.source] for c in nb.cells]).encode()).hexdigest()
        release = f"{assignment}-{digest[:10]}"
        base = settings.badge_base.strip("/")
        badge = (
            f"[![Open in Colab]({COLAB}/assets/colab-badge.svg)]({COLAB}/github/{base}/{assignment}/{assignment}.ipynb)"
            if base
            else f"*In Colab: open [{COLAB.removeprefix('https://')}]({COLAB}), then File, Upload notebook.*"
        )
        for cell in nb.cells:
            if cell.cell_type == "markdown":
                cell.source = cell.source.replace("<!-- badge -->", badge)
                cell.source = cell.source.replace("<!-- release -->", f"Release `{release}`")
                cell.source = cell.source.replace(DUE, when)
        nb.metadata = NotebookNode(
            kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
            language_info={"name": "python"},
            colab={"provenance": [], "toc_visible": True},
            coursework={
                "assignment": assignment,
                "title": about.title or assignment,
                "points": about.points,
                "release": release,
            },
        )
        nb.nbformat, nb.nbformat_minor = 4, 5
        return nb, resources


KEPT_CELL_METADATA = ("nbgrader", "deletable", "editable")


def _drop_pictures(cell: NotebookNode) -> None:
    """Drop the attachments that the released text no longer shows: a picture in a solution would stay in the file."""
    shown = {unquote(name) for name in re.findall(r"attachment:([^\s)\"'>]+)", cell.source)}
    kept = {name: data for name, data in cell.pop("attachments", {}).items() if name in shown}
    if kept:
        cell.attachments = NotebookNode(kept)


def _role(cell: NotebookNode) -> str:
    """ "answer", "locked" or "" for the submission table; an option may stay as it was handed out."""
    if is_solution(cell):
        return "" if is_option(cell.id) else "answer"
    if HAND_IN_CALL.search(cell.source):
        return ""  # the table is in it
    return "locked" if is_grade(cell) or is_locked(cell) else ""


def _described(cell: NotebookNode) -> list:
    """One row of the submission table, see `handin.looks`."""
    answer = _role(cell) == "answer"
    names = sorted(defined(cell.source)) if answer and cell.cell_type == "code" else []
    return [cell.id, _role(cell), cell.cell_type, mark(cell.source), names]
