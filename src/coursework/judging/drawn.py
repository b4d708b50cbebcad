"""What holds for one student where items draw their numbers: the reference of their rows, and whose numbers they took.

A row is drawn by whom the submission is of, as the course knows them: id, or what the roster has besides. What the
notebook says of itself only chooses among these names. An answer that is right for another row is recognised like any
known wrong answer, with a sentence that says so.
"""

import ast
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

import nbformat
from nbformat.notebooknode import NotebookNode
from pydantic import ValidationError

from coursework.core import deadlines
from coursework.core.cells import about_cell, grade_id_of, is_setup, item_of
from coursework.core.course import Course, StaffError
from coursework.core.draws import drawn, plain, told
from coursework.core.files import digest, write_json
from coursework.core.probes import Misconception, Probe
from coursework.core.verdicts import repair_of
from coursework.judging import variants
from coursework.judging.reference import KNOWN, checked, executed_source, fingerprint, limits, notebook, with_sentences
from coursework.judging.values import compare, signature
from coursework.judging.variants import Variants

Known = dict[str, list[Probe]]  # grade_id of a test → what the reference emits
BANK = re.compile(r"variant (\d+)/")  # in the file of a misconception that one variant's wrong answer has


@dataclass(frozen=True)
class Draw:
    """What one student's answers are compared with.

    Attributes:
        known: grade_id of a test → the reference's probes, of this student's rows.
        misconceptions: The same of known wrong answers, those for other rows among them.
        rows: item → the row, from 0.
        name: By which name of the student it was drawn.
        claimed: What the notebook says, where that is none of the student's names and draws other rows.
    """

    known: Known
    misconceptions: dict[str, list[Misconception]]
    rows: dict[str, int] = field(default_factory=dict)
    name: str = ""
    claimed: str = ""

    @property
    def doubt(self) -> str:
        """Why a human should look at it; "" where nothing is odd."""
        if not self.claimed:
            return ""
        return (
            f"the notebook says student_id = {self.claimed!r}, which is not a name of this student: "
            f"graded with the numbers of {self.name}"
        )


def references(course: Course, assignment: str) -> list[Known]:
    """For each row what the reference emits in the tests of the items that have it. Run once, then read back.

    Raises StaffError when a solution fails.
    """
    found = variants.of(course, assignment)
    if found is None:
        return []
    source = notebook(course, assignment)
    return [_reference(course, assignment, cut(source, found, row), row) for row in range(found.most)]


def _reference(course: Course, assignment: str, nb: NotebookNode, row: int) -> Known:
    conditions = digest(fingerprint(nb), limits(course), course.data_contents)
    path = course.state(f"reference-{assignment}-variant-{row + 1}-{conditions[:16]}.json")
    with suppress(OSError, ValidationError):
        return with_sentences(nb, KNOWN.validate_json(path.read_bytes()))
    name = f"{assignment}, variant {row + 1},"
    emitted = checked(name, executed_source(course, name, nb))
    write_json(path, KNOWN.dump_python(emitted, exclude_none=True))
    return with_sentences(nb, emitted)


def cut(source: NotebookNode, found: Variants, row: int) -> NotebookNode:
    """Set-up, the items that have this row, solved, with their tests and what they need."""
    items = {name: item for name, item in found.items.items() if row < len(item.numbers)}
    needs = {need for c in source.cells if grade_id_of(c) in items for need in about_cell(c).needs}
    nb = nbformat.from_dict(source)
    nb.cells = [
        c for c in nb.cells if is_setup(c.id) or c.id in needs or (c.cell_type == "code" and item_of(c.id) in items)
    ]
    for cell in nb.cells:
        if cell.id in items:
            cell.source = items[cell.id].answer(row)
    return nb


def of_row(base: Known, rows: list[Known], item: str, row: int) -> Known:
    """The reference in which one item has its row; of the first one the source's own."""
    return base | {test: probes for test, probes in rows[row].items() if item_of(test) == item} if row else base


def names(course: Course, assignment: str, student: str) -> list[str]:
    """The names by which the course knows whose submission this is: the id first, then the roster's, then a group's."""
    people = deadlines.roster(course)
    found: list[str] = []
    for one in dict.fromkeys([student, *repair_of(course, assignment, student).group]):
        found.append(one)
        if people and (about := people.by_id.get(one)):
            address = about.email.partition("@")[0]
            found += [about.email, address, about.number, f"{about.last}_{about.first}", about.name]
    return [name for name in dict.fromkeys(found) if plain(name)]


def claim(nb: NotebookNode) -> str:
    """The id that a submission says; "" where it says none."""
    for cell in nb.cells:
        if grade_id_of(cell) != variants.ID_CELL:
            continue
        with suppress(SyntaxError, ValueError):
            for node in ast.parse(cell.source).body:
                targets = (
                    [t.id for t in node.targets if isinstance(t, ast.Name)] if isinstance(node, ast.Assign) else []
                )
                if "student_id" in targets and isinstance(node, ast.Assign):
                    return str(ast.literal_eval(node.value))[:80]
    return ""


def draw(
    course: Course,
    assignment: str,
    student: str,
    said: str,
    base: Known,
    misconceptions: dict[str, list[Misconception]],
) -> Draw:
    """What a student's answers are compared with: `base`, but for items with variants.

    Args:
        said: The id that the notebook says (`claim`).
        base: What the reference emits for the source's own numbers.
        misconceptions: Of all rows.
    """
    found = variants.of(course, assignment)
    if found is None:
        return Draw(base, misconceptions)
    rows_of, mine = references(course, assignment), names(course, assignment, student)
    name = next((n for n in mine if plain(n) == plain(said)), mine[0] if mine else student)
    rows = {item: drawn(name, item, len(about.numbers)) for item, about in found.items.items()}
    other = bool(plain(said)) and plain(said) != plain(name)
    other = other and any(drawn(said, i, len(about.numbers)) != rows[i] for i, about in found.items.items())
    known, wrong = base, of_rows(misconceptions, rows)
    for item, row in rows.items():
        known = of_row(known, rows_of, item, row)  # of the first row, the whole source's run
        for test in [t for t in known if item_of(t) == item]:
            told_of = f"{told(found.items[item].numbers[row])} (variant {row + 1}, drawn by the id {name})"
            wrong[test] = [*wrong.get(test, []), *_others(known[test], test, rows_of, item, row, told_of)]
    return Draw(known, wrong, rows, name, said if other else "")


def show(course: Course, assignment: str, nb: NotebookNode, mine: Draw) -> None:
    """Let the cells that tell numbers tell those that the student was graded with."""
    found = variants.of(course, assignment)
    if found is None:
        return
    for item, row in mine.rows.items():
        for cell in [c for c in nb.cells if c.id == variants.numbers_cell(item)]:
            text = f"{told(found.items[item].numbers[row])} (variant {row + 1}, drawn by the id {mine.name})\n"
            cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]


def of_rows(found: dict[str, list[Misconception]], rows: dict[str, int]) -> dict[str, list[Misconception]]:
    """The misconceptions that wrong answers of these very rows have."""

    def holds(test: str, one: Misconception) -> bool:
        match = BANK.search(one.file)
        return item_of(test) not in rows or (int(match[1]) - 1 if match else 0) == rows[item_of(test)]

    return {test: [one for one in entries if holds(test, one)] for test, entries in found.items()}


def _others(
    mine: list[Probe], test: str, rows_of: list[Known], item: str, row: int, told_of: str
) -> Iterable[Misconception]:
    """What an answer emits that is right for another row."""
    for other, theirs in enumerate(rows_of):
        values = {p.name: p.value for p in theirs.get(test, [])}
        differs = [p for p in mine if p.name in values and not _same(p, values[p.name])]
        if other == row or not differs:
            continue
        yield Misconception(
            file=f"{item}/the numbers of variant {other + 1}",
            sentence=f"this is right for the numbers of somebody else (variant {other + 1}); yours are {told_of}.",
            values={p.name: short for p in differs if (short := signature(values[p.name]))},
            wrong=tuple(sorted(p.name for p in differs)),
        )


def _same(probe: Probe, value: dict) -> bool:
    return compare(probe.value, value, probe.rules.rtol, probe.rules.atol) is None


def problems(course: Course, assignment: str, base: Known) -> list[str]:
    """What is wrong with the rows: the first is not the source's, or two have one answer in a test with points."""
    found = variants.of(course, assignment)
    said: list[str] = []
    rows_of = references(course, assignment)
    for item, about in (found.items if found else {}).items():
        for test in [t for t in base if item_of(t) == item]:
            probes = [[p for p in rows_of[row].get(test, [])] for row in range(len(about.numbers))]
            if [p.value for p in probes[0]] != [p.value for p in base[test]] and not _equal(base[test], probes[0]):
                said.append(f"{test}: the first row of {item} in variants/ does not give the answer of the source")
            twins = [
                (one + 1, two + 1)
                for one in range(len(probes))
                for two in range(one + 1, len(probes))
                if _equal(probes[one], probes[two])
            ]
            said += [f"{test}: variants {one} and {two} of {item} have the same answer" for one, two in twins]
    return said


def _equal(mine: list[Probe], theirs: list[Probe]) -> bool:
    values = {p.name: p.value for p in theirs}
    return all(p.name in values and _same(p, values[p.name]) for p in mine)


def prepare(course: Course, assignment: str) -> None:
    """Run what is not known yet, before a class: a solution that fails is found at once. Raises StaffError."""
    found = variants.of(course, assignment)
    tests = {item_of(grade_id_of(c)) for c in notebook(course, assignment).cells if "--" in grade_id_of(c)}
    if found and (without := sorted(set(found.items) - tests)):
        raise StaffError(f"variants/{assignment}/variants.toml: {without[0]} has no test")
    references(course, assignment)
