"""What a grader sees in nbgrader's formgrader: answers that cannot run anything, and a mark scheme that can be clicked.

Formgrader shows a submission with nbconvert's HTMLExporter, which lets a student's Markdown bring scripts along; in the
grader's browser they could set grades. Here the text is cleaned, formulas are drawn as they are in the feedback, the
set-up cell is folded (its helpers are long, and nobody grades them), and each line of a mark scheme is a button that
writes the points and a line of comment. With `hide_names` a submission does not say whose it is. All of it goes through
the exporter's own settings (`preprocessors`, `filters`).
"""

import re
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from markupsafe import Markup, escape
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode
from traitlets import Bool
from traitlets.config import Config

from coursework.core.course import Course, StaffError
from coursework.core.outputs import nothing_saved, plain_outputs
from coursework.core.rubrics import MARK_SCHEME, Scheme, schemes
from coursework.core.text import counted
from coursework.returning.album import Album, original
from coursework.returning.page import Sheet, clean_html, safe_markdown
from coursework.returning.sheet import render

HIDDEN = "▒▒▒"
FOLDED = "# @title"  # what the first line of a cell that Colab folds begins with


class GraderView(Preprocessor):
    """Finds the mark schemes for the filter below, and hides names if asked to; does nothing outside of formgrader."""

    hide_names = Bool(False, help="cover the student's names and id where the submission shows them").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        if "submission_id" not in resources:
            return nb, resources
        resources["mark_schemes"] = _by_question(nb)
        folder, where = _submission(resources)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = plain_outputs(cell, where) or nothing_saved(cell)
        if self.hide_names:
            pattern = _names(resources)
            where = pattern.sub(HIDDEN, where)
            for cell in nb.cells:
                cell.source = pattern.sub(HIDDEN, cell.source)
                if "attachments" in cell:  # the text names them by the same rule
                    renamed = {pattern.sub(HIDDEN, name): bundle for name, bundle in cell.attachments.items()}
                    cell.attachments = NotebookNode(renamed)
                for output in cell.get("outputs", []):
                    _hide(output, pattern)
            # Formgrader's heading shows a name behind its eye; the link leads to a folder that is named so.
            resources.update(student=HIDDEN, last_name="", first_name="", notebook_path="")
        resources["sheet"] = Sheet(Album(folder, where))
        return nb, resources


def _submission(resources: dict) -> tuple[Path | None, str]:
    """(the folder of files that were submitted with the notebook, where the original is)."""
    try:
        course = Course.find(Path(resources.get("metadata", {}).get("path") or "."))
    except StaffError:
        return None, "the original"
    folder = course.submitted(resources["student"], resources["assignment_id"])
    return folder / "handin", original(folder)


def configure(c: Config) -> None:
    """Let formgrader's pages be made so."""
    c.HTMLExporter.preprocessors = [GraderView]
    c.HTMLExporter.sanitize_html = True  # of outputs, in nbconvert's own templates
    c.HTMLExporter.filters = {
        "clean_html": clean_html,
        "markdown2html": grader_markdown,
        "highlight_code": grader_code,
    }


def _by_question(nb: NotebookNode) -> dict[str, tuple[str, Scheme]]:
    """id of the locked cell that holds a mark scheme → (grade_id of the answer, its scheme)."""
    found: dict[str, tuple[str, Scheme]] = {}
    by_answer, holder = schemes(nb), ""
    for cell in nb.cells:
        about = cell.metadata.get("nbgrader", {})
        if about.get("locked") and MARK_SCHEME.search(cell.source):
            holder = cell.id
        elif holder and about.get("grade_id") in by_answer:
            found[holder] = (about["grade_id"], by_answer[about["grade_id"]])
            holder = ""
    return found


def _names(resources: dict) -> re.Pattern[str]:
    """The student's names and id, and the parts of the id, as whole words."""
    words = {str(resources.get(key) or "") for key in ("first_name", "last_name", "student")}
    words |= {part for word in words for part in re.split(r"[\s_.@-]+", word)}
    long = sorted((w for w in words if len(w) > 2), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![^\W_]){re.escape(w)}(?![^\W_])" for w in long) or r"(?!)", re.IGNORECASE)


def _hide(output: NotebookNode, pattern: re.Pattern[str]) -> None:
    if "text" in output:
        output["text"] = pattern.sub(HIDDEN, output["text"])
    for kind, value in output.get("data", {}).items():
        if kind.startswith("text/") and isinstance(value, str):
            output["data"][kind] = pattern.sub(HIDDEN, value)


@pass_context
def grader_markdown(context: Any, source: str) -> str:
    """The template filter `markdown2html` of formgrader's pages."""
    cell, resources = context.get("cell", {}), context.get("resources", {})
    known = resources.get("mark_schemes", {}).get(cell.get("id"))
    attachments, sheet = cell.get("attachments", {}), resources.get("sheet")
    block = MARK_SCHEME.search(source)
    if not known or not block:
        return safe_markdown(source, attachments, sheet)
    before, after = source[: block.start()], source[block.end() :]
    text = re.sub(r"^.*(?:BEGIN|END) MARK SCHEME.*$", "", block[0], flags=re.M)
    scheme = panel(known[0], known[1], text)
    return safe_markdown(before, attachments, sheet) + scheme + safe_markdown(after, attachments, sheet)


@pass_context
def grader_code(context: Any, source: str, **about: Any) -> str:
    """The template filter `highlight_code`: a cell that Colab folds, as the set-up with its inlined helpers, is folded.

    The title that it shows is the text behind `# @title` in the cell. Elsewhere than in formgrader nothing is folded.
    """
    code = Highlight2HTML(pygments_lexer="ipython3")(source, **about)
    head, _, rest = source.partition("\n")
    given = context.get("cell", {}).get("metadata", {}).get("nbgrader", {}).get("locked")
    if "submission_id" not in context.get("resources", {}) or not given or not head.startswith(FOLDED):
        return code
    title = escape(re.sub(r"\s*\{.*\}\s*$", "", head.removeprefix(FOLDED)).strip() or "Code")
    many = counted(len(rest.splitlines()), "line")
    return Markup(f"<details><summary>{title} ({many})</summary>{code}</details>")


def panel(answer: str, scheme: Scheme, text: str) -> str:
    """The mark scheme of one answer: a button for each line and each mistake to look for, and its text as written.

    It is on a sheet of its own: no macro of the student's changes how it reads.
    """
    written = Markup(safe_markdown(text))
    return render(__package__, "mark_scheme.html", answer=answer, scheme=scheme, text=written)
