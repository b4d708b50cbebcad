"""Variants: items whose numbers a student's id draws: neighbours have other ones (docs/instructors/variants.md).

`variants/<assignment>/variants.toml` says which items, with a row of numbers for each variant, the solution in terms of
their names, and what changes in the texts. The first row has the numbers of the source. Where the course says
`c.CourseworkSettings.variants = True`, the source is read as changed by `applied`; else the folder has no effect.
"""

import ast
import tomllib
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from pydantic import Field, ValidationError, model_validator

from coursework.core.cells import grade_id_of, is_answer, is_setup
from coursework.core.course import Course, StaffError, read_text
from coursework.core.records import Strict, what_is_wrong

ID_CELL = "option-student-id"
SETUP_CELL = "setup-variants"
MOST = 64  # rows of an item


class Item(Strict):
    """The variants of one item.

    Attributes:
        solution: Python that answers the question, by the names of the numbers.
        numbers: The rows: name → a number, a text, or a list of these. All have the same names.
        texts: Cell → pairs of what it says and what it says instead.
    """

    solution: str
    numbers: tuple[dict[str, Any], ...] = Field(min_length=2, max_length=MOST)
    texts: dict[str, tuple[tuple[str, str], ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def alike(self) -> "Item":
        names = list(self.numbers[0])
        if not names or not all(name.isidentifier() for name in names):
            raise ValueError("the names of the numbers must be Python names")
        for row in self.numbers:
            if list(row) != names:
                raise ValueError(f"the row {row} has other names than {', '.join(names)}, in this order")
        try:
            ast.parse(self.solution)
        except SyntaxError as error:
            raise ValueError(f"the solution is not Python (line {error.lineno}: {error.msg})") from None
        return self

    def answer(self, row: int, text: str | None = None) -> str:
        """An answer by the names of the numbers (default: the solution), with those of a row in front."""
        given = "\n".join(f"{name} = {_literal(value)}" for name, value in self.numbers[row].items())
        return f"{given}\n{self.solution if text is None else text}"

    def constants(self, row: int) -> str:
        """The solution with the numbers of a row in the places of their names."""

        class Put(ast.NodeTransformer):
            def visit_Name(self, node: ast.Name) -> ast.AST:
                known = isinstance(node.ctx, ast.Load) and node.id in given
                return ast.parse(_literal(given[node.id]), mode="eval").body if known else node

        given = self.numbers[row]
        return ast.unparse(Put().visit(ast.parse(self.solution)))


def _literal(value: Any) -> str:
    return repr(tuple(value)) if isinstance(value, list) else repr(value)


@dataclass(frozen=True)
class Variants:
    """What variants.toml holds: item → its variants."""

    items: dict[str, Item]

    @property
    def most(self) -> int:
        return max(len(item.numbers) for item in self.items.values())


def text(course: Course, assignment: str) -> str:
    """The definition as it is written; "" where the assignment has none, or the course does without."""
    path = course.variants(assignment) / "variants.toml"
    return read_text(path) if course.settings.variants and path.exists() else ""


def of(course: Course, assignment: str) -> Variants | None:
    """The variants in force; None where there are none. Raises StaffError when the definition is wrong."""
    written = text(course, assignment)
    return parsed(written, assignment) if written else None


def parsed(written: str, assignment: str) -> Variants:
    where = f"variants/{assignment}/variants.toml"
    try:
        items = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        raise StaffError(f"{where} is not TOML: {error}") from None
    if not items:
        raise StaffError(f"{where} names no item")
    found = {}
    for name, about in items.items():
        try:
            found[name] = Item.model_validate(about)
        except ValidationError as error:
            raise StaffError(f"{where}, {what_is_wrong(error, Item, name)}") from None
    return Variants(found)


def hint(course: Course) -> str:
    """What students write as their id."""
    if course.settings.id_hint:
        return course.settings.id_hint
    if course.settings.roster:
        return "your id as the course has it: user name, number or e-mail address"
    return "Last_First, as in the name of your file"


def answers(course: Course, assignment: str) -> dict[str, dict[str, str]]:
    """Right and wrong answers by the names of the numbers: item → file name → content."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted(course.variants(assignment).glob("*/*.py")):
        found.setdefault(path.parent.name, {})[path.name] = read_text(path)
    return found


def applied(variants: Variants, nb: NotebookNode, assignment: str, hint: str) -> NotebookNode:
    """A source notebook, changed in place, in which the items draw their numbers.

    Args:
        hint: What students write as their id, for the comment in its cell.

    Raises:
        StaffError: When a text is not there, or an item is not one of the notebook's.
    """
    where = f"variants/{assignment}/variants.toml"
    cells = {grade_id_of(cell) or cell.id: cell for cell in nb.cells}
    for name, item in variants.items.items():
        if name not in cells or not is_answer(cells[name]):
            raise StaffError(f"{where}: {name} is not an answer of the notebook")
        for cell, pairs in item.texts.items():
            for old, new in pairs:
                if cell not in cells or cells[cell].source.count(old) != 1:
                    raise StaffError(f"{where}: cell {cell} does not say {old!r} once")
                cells[cell].source = cells[cell].source.replace(old, new)
    # A later part of a notebook may have a set-up of its own: what draws the numbers must stand above the first item.
    first = next(n for n, cell in enumerate(nb.cells) if grade_id_of(cell) in variants.items)
    last = max((n for n, cell in enumerate(nb.cells[:first]) if is_setup(grade_id_of(cell))), default=-1)
    if last < 0:
        raise StaffError(f"{where}: the notebook has no set-up cell above {grade_id_of(nb.cells[first])}")
    nb.cells[last + 1 : last + 1] = [_given(SETUP_CELL, SETUP), _id_cell(hint)]
    for name, item in variants.items.items():
        at = next(n for n, cell in enumerate(nb.cells) if grade_id_of(cell) == name)
        rows = ",\n".join(f"    {_row(row)}" for row in item.numbers)
        nb.cells.insert(at, _given(numbers_cell(name), SHOWN.format(item=name, rows=rows)))
    return nb


def numbers_cell(item: str) -> str:
    """The grade_id of the cell that tells a student the numbers of an item."""
    return f"numbers-{item}"


SETUP = """# @title Set-up: numbers of your own { display-mode: "form" }
from coursework.core import draws  # inlined
"""
SHOWN = """# @title Your numbers: run this cell {{ display-mode: "form" }}
rows = [
{rows},
]
draws.numbers("{item}", rows, globals().get("student_id", ""))"""


def _row(row: dict[str, Any]) -> str:
    return "{" + ", ".join(f'"{name}": {value!r}' for name, value in row.items()) + "}"


def _metadata(grade_id: str, answer: bool) -> dict:
    about = {"grade_id": grade_id, "grade": False, "solution": answer, "locked": not answer}
    return {"nbgrader": about | {"schema_version": 3, "task": False}}


def _given(grade_id: str, source: str) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, id=grade_id, metadata=_metadata(grade_id, False))


def _id_cell(hint: str) -> NotebookNode:
    stub = f'student_id = ""  # {" ".join(hint.split())}'
    source = f'### BEGIN SOLUTION\n# stub: {stub}\nstudent_id = ""\n### END SOLUTION'
    return nbformat.v4.new_code_cell(source, id=ID_CELL, metadata=_metadata(ID_CELL, True))
