"""`coursework import`: a plain nbgrader source notebook as an assignment of this course, cell by cell.

Ids follow this course's rule, so that every test belongs to an answer; asserts become probes where they can (see
`asserts`), and what could not be read as one stays an assert. The result is run once with the notebook's own solutions:
a probe whose value cannot travel becomes an assert again, and a notebook whose solution fails is refused.
"""

import ast
import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import is_grade, is_solution, is_task

from coursework.authoring.new import FILE_NAME, KERNEL, NAME, SUBMIT, THE_END, _meta
from coursework.authoring.tests_of import TestCell
from coursework.core.cells import grade_id_of, is_test, item_of, question
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import write_whole
from coursework.judging.reference import agrees, checked, executed_source, prepared, records_of
from coursework.judging.values import unjudgeable
from coursework.notebook.definitions import defined
from coursework.notebook.dialect import code_tree

MADE_UP = re.compile(r"^cell-[0-9a-f]{8,}$")  # ids that nbgrader's toolbar gives
MOST_RUNS = 5  # of the solution, each of which may make asserts of probes
IGNORED = (".ipynb_checkpoints", "__pycache__", ".DS_Store")
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


@dataclass
class Imported:
    """What an import made, and of what."""

    assignment: str
    rows: list[Row] = field(default_factory=list)
    points: float = 0.0
    folder: Path | None = None

    @property
    def kept(self) -> list[str]:
        return [row.now for row in self.rows if row.what == "kept"]

    @property
    def exit_code(self) -> int:
        """3 when a cell is not in the import."""
        return 3 if any(row.what == "refused" for row in self.rows) else 0


def notebooks(path: Path) -> list[Path]:
    """The source notebooks of PATH: itself, or those of an nbgrader assignment's folder. Raises StaffError."""
    found = sorted(path.glob("*.ipynb")) if path.is_dir() else [p for p in [path] if p.is_file()]
    if not found:
        raise StaffError(f"{path} is no notebook and no folder with notebooks in it")
    return found


def name_of(path: Path, alone: bool) -> str:
    """The assignment's id: the notebook's name; of one of several in a folder, the folder's name in front."""
    text = path.stem if alone else f"{path.parent.name}-{path.stem}"
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read(path: Path) -> NotebookNode:
    """A source notebook of nbgrader's, its metadata as of today. Raises StaffError when it cannot be imported."""
    nb = read_notebook(path)
    language = nb.metadata.get("language_info", {}).get("name") or nb.metadata.get("kernelspec", {}).get("language")
    if language and language != "python":
        raise StaffError(f"{path} is a notebook of {language}: this course grades Python")
    nb = MetadataValidator().upgrade_notebook_metadata(nb)
    if not any(is_grade(cell) or is_solution(cell) or is_task(cell) for cell in nb.cells):
        raise StaffError(f"{path} has no answer and no test of nbgrader's: it is no source notebook")
    if any(cell.metadata.get("coursework") for cell in nb.cells) or nb.metadata.get("coursework"):
        raise StaffError(f"{path} is an assignment of this course already: copy it to source/")
    ids = Counter(grade_id_of(cell) for cell in nb.cells if grade_id_of(cell))
    if twice := [name for name, times in ids.items() if times > 1]:
        raise StaffError(f"{path} has the grade_id {twice[0]} twice: rename one")
    code = [cell.source for cell in nb.cells if cell.cell_type == "code"]
    if any("check" in defined(text) or re.search(r"\bimport .*\bcheck\b", text) for text in code):
        raise StaffError(f"{path} has a name `check` of its own, which this course needs: rename it")
    return nb


class Builder:
    """Makes the new notebook; `tests` are read again until each probe's value can travel."""

    def __init__(self, nb: NotebookNode, name: str, files: list[str]) -> None:
        self.name, self.files, self.rows = name, files, []  # type: ignore[var-annotated]
        self.tests: dict[str, TestCell] = {}
        self.answers: dict[str, set[str]] = {}  # item → names that it defines
        self.students = set().union(
            *(defined(c.source) for c in nb.cells if is_solution(c) and c.cell_type == "code"), set()
        )
        self.helpers = _imported(nb)
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
        """The text above a hand-graded answer is its question cell, in which a mark scheme may stand."""
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
        need, brought = _looked_up(source) - _bound(source), {}  # type: ignore[var-annotated]
        todo = sorted(need & self.helped.keys())
        while todo:
            name = todo.pop()
            if name not in brought:
                brought[name] = self.helped[name]
                todo += sorted((_looked_up(self.helped[name]) & self.helped.keys()) - brought.keys())
        for statement in _top(source):
            self.helped |= dict.fromkeys(_bound(statement) - self._so_far(), statement)
        texts = [text for text in dict.fromkeys(self.helped.values()) if text in brought.values()]
        return "\n".join([*texts, source])

    def _item(self, test: TestCell) -> str:
        """The answer that a test is about: of those above, the last one whose names it uses, else the last one."""
        return next(
            (item for item in reversed(self.answers) if self.answers[item] & test.names), list(self.answers)[-1]
        )

    def _given(self, at: int, cell: NotebookNode) -> None:
        self.given += 1
        shows = bool(_looked_up(cell.source) & self._so_far())
        if not shows:
            cell_id = self._new(f"setup-{self.given}")
            self.cells.append(new_code_cell(cell.source, metadata=_meta(cell_id)))
            self._row(cell, at, cell_id, "given", "locked; it runs before the answers")
            return
        cell_id = self._new(f"given-{self.given}")
        self.students |= _bound(cell.source)
        self.cells.append(new_code_cell(cell.source, metadata=_meta(cell_id)))
        self._row(cell, at, cell_id, "given", "locked; it shows what the answers give")

    def _so_far(self) -> set[str]:
        return set().union(*self.answers.values(), set()) | self.students

    def _needs(self) -> None:
        """`coursework.needs` of every answer, and `skip` of given cells that no answer and no test needs."""
        code = [c for c in self.cells if c.cell_type == "code"]
        by_id = {grade_id_of(c): c for c in code}
        binds = {name: _bound(c.source) for name, c in by_id.items()}
        direct: dict[str, set[str]] = {}
        for place, cell in enumerate(code):
            name = grade_id_of(cell)
            uses = _looked_up(cell.source)
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
        probes = f"{len(test.read.probes)} probes" if len(test.read.probes) != 1 else "1 probe"
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


def _names(source: str) -> list[ast.AST]:
    try:
        return list(ast.walk(code_tree(source)))
    except ValueError:
        return []


def _top(source: str) -> list[str]:
    """The statements at the top of a cell that define, import or assign something."""
    try:
        body = code_tree(source).body
    except ValueError:
        return []
    kinds = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Assign)
    return [ast.unparse(node) for node in body if isinstance(node, kinds)]


def _looked_up(source: str) -> set[str]:
    return {n.id for n in _names(source) if isinstance(n, ast.Name)}


def _bound(source: str) -> set[str]:
    nodes = _names(source)
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    made = {n.name for n in nodes if isinstance(n, (ast.FunctionDef, ast.ClassDef))}
    imported = {
        (a.asname or a.name).split(".")[0]
        for n in nodes
        if isinstance(n, (ast.Import, ast.ImportFrom))
        for a in n.names
    }
    return stored | made | imported


def _imported(nb: NotebookNode) -> dict[str, str]:
    """Bare name → the module that it was imported from."""
    return {
        alias.asname or alias.name: node.module or ""
        for cell in nb.cells
        if cell.cell_type == "code"
        for node in _names(cell.source)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def settle(course: Course, built: Builder, files: dict[str, bytes]) -> NotebookNode:
    """Run the notebook with its own solutions until every probe can be judged. Raises StaffError when that fails."""
    for _ in range(MOST_RUNS):
        nb = built.notebook()
        executed = executed_source(course, built.name, prepared(nbformat.from_dict(nb)), files)
        if not _corrected(built, executed):
            break
    checked(built.name, executed)  # as every later command does
    return nb


def _corrected(built: Builder, executed: NotebookNode) -> bool:
    """Let probes whose value cannot travel be asserts again; the teacher's values go where the solution has them."""
    changed = False
    for cell in executed.cells:
        test = built.tests.get(cell.id)
        if test is None:
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise StaffError(
                    f"the notebook's own solution fails in cell {test.before}: {output.ename}: "
                    f"{str(output.evalue).splitlines()[0] if output.evalue else ''}".removesuffix(": ")
                )
        for record in records_of(cell, False):
            changed = test.correct(record, _fault(record)) or changed
        if about := [o for o in cell.get("outputs", []) if o.output_type == "execute_result"]:
            changed = test.last_line(about[-1].get("data", {}).get("text/plain", "")) or changed
    return changed


def _fault(record: dict) -> str:
    """Why the solution's own value is no probe; "" when it is one."""
    value = record.get("own") or record["value"]
    if value.get("kind") == "raised":
        return f"the solution raises {value.get('type')} there"
    if unjudgeable(value) or unjudgeable(record["value"]):
        return "its value is no number, array or text, in lists of lists at most"
    if record.get("own") and not agrees(record, value):
        return "its shape is not that of the value it is compared with"
    return ""


def convert(course: Course, path: Path, name: str, whole: bool = False) -> Imported:
    """Import one notebook as source/`name`/, whole or not at all.

    Args:
        path: A source notebook of nbgrader's.
        name: Id of the assignment.
        whole: Whether everything beside it goes with it, as in nbgrader; else what it names.

    Returns:
        What became of each cell.

    Raises:
        StaffError: When it cannot be imported; nothing is written then.
    """
    if not NAME.fullmatch(name):
        raise StaffError(f"{name!r} is not an assignment's id: name one with --name, as in hw6-attention")
    target = course.stage("source") / name
    if target.exists():
        raise StaffError(f"{target} is there already: choose another name with --name")
    files = _beside(path, whole)
    built = Builder(read(path), name, sorted(files))
    nb = settle(course, built, {relative: file.read_bytes() for relative, file in files.items()})
    try:
        for relative, file in files.items():
            write_whole(target / relative, file.read_bytes())
        write_whole(target / f"{name}.ipynb", nbformat.writes(nb) + "\n")
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    points = float(nb.metadata.coursework.points)
    return Imported(name, built.report(), points, target)


def _beside(path: Path, whole: bool) -> dict[str, Path]:
    """Name → file, of what lies beside a source notebook: pictures, data, modules; no other notebook."""
    text = path.read_text(encoding="utf-8", errors="replace")
    found = {}
    for file in sorted(path.parent.rglob("*")) if whole else sorted(path.parent.glob("*")):
        relative = file.relative_to(path.parent)
        named = file.name in text or (file.suffix == ".py" and re.search(rf"\bimport {re.escape(file.stem)}\b", text))
        named = named or (file.suffix == ".py" and re.search(rf"\bfrom {re.escape(file.stem)} import\b", text))
        if not file.is_file() or file.suffix == ".ipynb" or not (whole or named):
            continue
        if not any(part in IGNORED for part in relative.parts):
            found[relative.as_posix()] = file
    return found
