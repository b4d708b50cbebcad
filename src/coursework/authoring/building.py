"""The notebook that an import makes: answers, their tests under this course's ids, set-up, and the submission's end."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import is_grade, is_solution, is_task

from coursework.authoring import names
from coursework.authoring.new import FILE_NAME, KERNEL, SUBMIT, THE_END, _meta
from coursework.authoring.tests_of import TestCell, apart
from coursework.core.cells import grade_id_of, is_test, item_of, question
from coursework.core.text import counted
from coursework.notebook.definitions import defined

MADE_UP = re.compile(r"^cell-[0-9a-f]{8,}$")  # ids that nbgrader's toolbar gives
SETUP = '# @title Set-up { display-mode: "form" }\nfrom coursework.notebook import checks as check  # inlined'
FILES = """
import os

for name in {names!r}:  # the grader has them in handin/
    if os.path.exists("handin/" + name) and not os.path.exists(name):
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        os.symlink(os.path.abspath("handin/" + name), name)"""


@dataclass(frozen=True)
class Row:
    """What became of one cell: `what` is converted, kept, refused, answer, by hand, given or text."""

    before: str
    now: str
    what: str
    why: str = ""


class Builder:
    """Makes the new notebook; `tests` are read again until each probe's value can travel."""

    def __init__(self, nb: NotebookNode, name: str, files: list[str]) -> None:
        self.name, self.files, self.rows = name, files, []  # type: ignore[var-annotated]
        self.tests: dict[str, TestCell] = {}
        self.answers: dict[str, set[str]] = {}  # item → names that it defines
        self.students = set().union(
            *(defined(c.source) for c in nb.cells if is_solution(c) and c.cell_type == "code"), set()
        )
        self.helpers = names.imported(nb)
        self.helped: dict[str, str] = {}  # name → the statement of a test that makes it
        self.number, self.seen, self.given = 0, Counter(), 0  # type: ignore[var-annotated]
        self.cells: list[NotebookNode] = []
        for at, cell in enumerate(nb.cells):
            self._take(at, cell)
        self._needs()
        self._frame(nb)

    def _row(self, cell: NotebookNode, at: int, now: str, what: str, why: str = "") -> None:
        self.rows.append(Row(grade_id_of(cell) or f"cell {at + 1}", now, what, why))

    def _slug(self, cell: NotebookNode, fallback: str) -> str:
        before = grade_id_of(cell)
        names = sorted(defined(cell.source)) if cell.cell_type == "code" else []
        text = fallback if not before or MADE_UP.match(before) else before
        if text == fallback and is_solution(cell) and names:
            text = names[0]
        return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or fallback

    def _new(self, wanted: str) -> str:
        """An id that no cell has."""
        self.seen[wanted] += 1
        return wanted if self.seen[wanted] == 1 else self._new(f"{wanted}-{self.seen[wanted]}")

    def _take(self, at: int, cell: NotebookNode) -> None:
        if is_task(cell):
            self._task(at, cell)
        elif is_solution(cell):
            self._answer(at, cell)
        elif is_grade(cell):
            self._test(at, cell)
        elif cell.cell_type == "code":
            self._given(at, cell)
        else:
            self.cells.append(new_markdown_cell(cell.source))
            if grade_id_of(cell):
                self._row(cell, at, "", "text", "locked by the release")

    def _answer(self, at: int, cell: NotebookNode) -> None:
        self.number += 1
        item = self._new(f"q{self.number}-{self._slug(cell, 'answer')}")
        make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        if not is_grade(cell):
            self.answers[item] = defined(cell.source)
            self.cells.append(make(cell.source, metadata=_meta(item, solution=True)))
            self._row(cell, at, item, "answer")
            return
        points = float(cell.metadata.nbgrader.points)
        self._question()
        self.cells.append(make(cell.source, metadata=_meta(item, _plain(points), solution=True)))
        self._row(cell, at, item, "by hand", f"{points:g} points by a grader")

    def _question(self) -> None:
        """The text above a hand-graded answer is its question cell, which may hold a mark scheme."""
        if self.cells and self.cells[-1].cell_type == "markdown" and not grade_id_of(self.cells[-1]):
            self.cells[-1].metadata.update(_meta(self._new(f"q{self.number}-question")))

    def _task(self, at: int, cell: NotebookNode) -> None:
        self.number += 1
        points = float(cell.metadata.nbgrader.points)
        self.cells.append(new_markdown_cell(cell.source, metadata=_meta(self._new(f"q{self.number}-question"))))
        item = self._new(f"q{self.number}-{self._slug(cell, 'task')}")
        text = (
            "### BEGIN SOLUTION\n<!-- stub: *Your answer here; add cells below as you need them.* -->\n### END SOLUTION"
        )
        self.cells.append(new_markdown_cell(text, metadata=_meta(item, _plain(points), solution=True)))
        self._row(cell, at, item, "by hand", f"a task: its text is the question, {points:g} points by a grader")

    def _test(self, at: int, cell: NotebookNode) -> None:
        points = float(cell.metadata.nbgrader.points)
        if cell.cell_type != "code":
            self._row(cell, at, "", "refused", f"{points:g} points in a text that nobody answers")
            return
        if not self.answers:
            self._row(cell, at, "", "refused", f"{points:g} points: no answer is above this test")
            return
        try:
            test = TestCell(self._with_helpers(cell.source))
        except ValueError as error:
            self._row(cell, at, "", "refused", f"{points:g} points: {error}")
            return
        item = self._item(test)
        slug = self._slug(cell, "test")
        test_id = self._new(f"{item}--{slug}")
        self.tests[test_id] = test
        test.before = grade_id_of(cell) or f"cell {at + 1}"
        self.cells.append(new_code_cell(cell.source, metadata=_meta(test_id, _plain(points))))
        self._row(cell, at, test_id, "test")

    def _with_helpers(self, source: str) -> str:
        """The text of a test with what it uses of earlier tests: here each test can run without the others."""
        brought: dict[str, str] = {}
        need = names.looked_up(apart(source)[1]) - names.bound(source)  # what is within an autotest, too
        todo = sorted(need & self.helped.keys())
        while todo:
            name = todo.pop()
            if name not in brought:
                brought[name] = self.helped[name]
                todo += sorted((names.looked_up(self.helped[name]) & self.helped.keys()) - brought.keys())
        for statement in names.top(source):
            self.helped |= dict.fromkeys(names.bound(statement, top=True) - self._so_far(), statement)
        texts = [text for text in dict.fromkeys(self.helped.values()) if text in brought.values()]
        return "\n".join([*texts, source])

    def _item(self, test: TestCell) -> str:
        """The answer that a test is about: of those above, the last one whose names it uses, else the last one."""
        return next(
            (item for item in reversed(self.answers) if self.answers[item] & test.names), list(self.answers)[-1]
        )

    def _given(self, at: int, cell: NotebookNode) -> None:
        self.given += 1
        shows = bool(names.looked_up(cell.source) & self._so_far())
        if not shows:
            cell_id = self._new(f"setup-{self.given}")
            self.cells.append(new_code_cell(cell.source, metadata=_meta(cell_id)))
            self._row(cell, at, cell_id, "given", "locked; it runs before the answers")
            return
        cell_id = self._new(f"given-{self.given}")
        self.students |= names.bound(cell.source, top=True)
        self.cells.append(new_code_cell(cell.source, metadata=_meta(cell_id)))
        self._row(cell, at, cell_id, "given", "locked; it shows what the answers give")

    def _so_far(self) -> set[str]:
        return set().union(*self.answers.values(), set()) | self.students

    def _needs(self) -> None:
        """`coursework.needs` of every answer, and `skip` of given cells that no answer and no test needs."""
        code = [c for c in self.cells if c.cell_type == "code"]
        by_id = {grade_id_of(c): c for c in code}
        binds = {name: names.bound(c.source, top=True) for name, c in by_id.items()}
        direct: dict[str, set[str]] = {}
        for place, cell in enumerate(code):
            name = grade_id_of(cell)
            uses = names.looked_up(cell.source)
            before = [grade_id_of(c) for c in code[:place] if not is_test(c)]
            direct[name] = {b for b in before if binds[b] & uses and not b.startswith("setup")} - {name}
        used: set[str] = set()
        for item in self.answers:
            tests = [t for t in self.tests if item_of(t) == item]
            todo, found = set().union(*(direct[n] for n in (item, *tests))) - {item}, set()  # type: ignore[var-annotated]
            while todo:
                one = todo.pop()
                if one not in found and one != item:
                    found.add(one)
                    todo |= direct[one]
            used |= found
            order = [n for n in by_id if n in found]
            if order:
                by_id[item].metadata["coursework"] = {"needs": order}
        for name, cell in by_id.items():
            if name.startswith("given-") and name not in used:
                cell.metadata["coursework"] = {"skip": "it shows what the answers give"}

    def _frame(self, nb: NotebookNode) -> None:
        title = self.name
        first = next((c for c in self.cells if c.cell_type == "markdown"), None)
        badge = "<!-- badge -->\n\n<!-- release -->"
        if first is not None and first is self.cells[0] and first.source.startswith("# ") and not grade_id_of(first):
            title = first.source.splitlines()[0].lstrip("# ").strip() or title
            first.source += f"\n\n{badge}"
            top = [self.cells.pop(0)]
        else:
            top = [new_markdown_cell(f"# {title}\n\n{badge}")]
        files = FILES.format(names=self.files) if self.files else ""
        setup = new_code_cell(SETUP + ("\n" + files if files else ""), metadata=_meta("setup"))
        end = [
            new_markdown_cell(THE_END.format(name=self.name)),
            new_code_cell(FILE_NAME.format(name=self.name), metadata=_meta("file-name", solution=True)),
            new_code_cell(SUBMIT.replace("{name}", self.name), metadata=_meta("hand-in")),
        ]
        self.title, self.cells = title, [*top, setup, *self.cells, *end]
        for cell in self.cells:
            cell.id = grade_id_of(cell) or cell.id

    def notebook(self) -> NotebookNode:
        """The notebook as the tests are read now."""
        for cell in self.cells:
            if (test := self.tests.get(cell.id)) is not None:
                cell.source = test.text(self.students, self.helpers, question(cell.id))
                cell.metadata.pop("coursework", None)
                if test.read.probes and test.read.kept:
                    cell.metadata["coursework"] = {"asserts": True}
        probes = any(t.read.probes for t in self.tests.values())
        for cell in self.cells:
            if cell.id == "setup":
                line = "\nfrom coursework.notebook import checks as check  # inlined"
                cell.source = cell.source.replace(line, "") if not probes else cell.source
        points = sum(float(c.metadata.nbgrader.points) for c in self.cells if is_grade(c))
        about: dict[str, Any] = {"assignment": self.name, "title": self.title, "points": _plain(points)}
        if self.files:
            about["files"] = self.files
        kernel = {"coursework": about, "kernelspec": KERNEL, "language_info": {"name": "python"}}
        return new_notebook(cells=[nbformat.from_dict(c) for c in self.cells], metadata=kernel)

    def report(self) -> list[Row]:
        return [self._told(row) if row.what == "test" else row for row in self.rows]

    def _told(self, row: Row) -> Row:
        test = self.tests[row.now]
        probes = counted(len(test.read.probes), "probe")
        if test.lost:
            return Row(row.before, row.now, "refused", "; ".join(test.lost))
        if not test.read.kept:
            return Row(row.before, row.now, "converted", probes)
        reasons = "; ".join(f"`{_short(text)}`: {why}" for text, why in test.read.kept[:4])
        more = f"; {len(test.read.kept) - 4} more" if len(test.read.kept) > 4 else ""
        both = f"{probes}, and " if test.read.probes else ""
        return Row(row.before, row.now, "kept", f"{both}decided in the student's process: {reasons}{more}")


def _short(text: str) -> str:
    line = text.splitlines()[0]
    return line if len(line) <= 60 else line[:57] + "…"


def _plain(points: float) -> float:
    return int(points) if points == int(points) else points
