"""Put a student's answers back into the pristine released notebook.

The release is the skeleton; of the submission only the answers' text (with their saved outputs) and the cells that the
student added are carried over. Nothing that a student wrote is dropped: what has no place goes to raw cells at the end,
which never run.
"""

import copy
import re

from nbformat import v4
from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer, nbgrader_of
from coursework.core.clock import SAID_DUE
from coursework.core.text import printable
from coursework.core.verdicts import Repair, RepairRecord
from coursework.intake import conflicts
from coursework.intake.carried import Pool, carry, pool
from coursework.intake.code import Reader, meaning, plain
from coursework.intake.legible import legible, trouble
from coursework.intake.match import match
from coursework.intake.read import read
from coursework.intake.reassemble import gather
from coursework.intake.unrun import names_in, unrun
from coursework.notebook.definitions import defined

# Lines by which one release of the same notebook differs from another, beside what it says of the deadline: the way to
# Colab, and the release's name.
SIGNED = re.compile(r"^(?:\[!\[Open in Colab\].*|\*In Colab: open .*|Release `[^`\n]*`)$", re.M)
MANY, SOME = 5, 2  # so many repairs of one kind are listed one by one; of more, so many


def sentences(repairs: list[Repair]) -> list[str]:
    """What is said of repairs in short: of many of one kind the first few, and how many more there were."""
    said = []
    for what in dict.fromkeys(r.what for r in repairs):
        texts = [r.text for r in repairs if r.what == what]
        many = len(texts) > MANY
        said += [*texts[:SOME], f"{len(texts) - SOME} more cells were like this ({what})."] if many else texts
    return said


def _many(number: int) -> str:
    return f"{number} cell{'' if number == 1 else 's'}"


def repair(handed_in: bytes, skeleton: NotebookNode, name: str = "") -> tuple[NotebookNode, RepairRecord]:
    """(gradable notebook, record). An unreadable file gives the untouched skeleton with the reason; it never raises."""
    record = RepairRecord(skeleton=skeleton.metadata.get("coursework", {}).get("release"))
    nb = copy.deepcopy(skeleton)
    try:
        theirs, notes = read(handed_in, name, skeleton)
    except ValueError as error:
        record.gradable = False
        record.add("unreadable", None, f"Nothing could be graded: {error}.", review=True)
        return nb, record
    for note in notes:
        record.add("recovered", None, note, review=True)
    about = theirs.metadata.get("coursework") if isinstance(theirs.get("metadata"), dict) else None
    release = about.get("release") if isinstance(about, dict) else None
    record.release = printable(release, 80) if isinstance(release, str) else None
    if record.release and record.release != record.skeleton:
        record.add("release", None, f"It was made from {record.release}; it is graded as {record.skeleton}.")
    code = Reader(skeleton)
    found, mixed = match(theirs.cells, skeleton, code)
    for identity in mixed:
        text = f"The answer of {identity} carried the mark of another cell; it was put in its place."
        record.add("swapped", identity, text, review=True)
    grade_ids = {c.id: nbgrader_of(c)["grade_id"] for c in skeleton.cells if nbgrader_of(c)}
    bare = [
        i for i, key in found.items() if grade_ids.get(key) not in (None, nbgrader_of(theirs.cells[i]).get("grade_id"))
    ]
    if bare:
        text = f"{_many(len(bare))} had lost {'its mark' if len(bare) == 1 else 'their marks'}"
        text += f"; {'it was' if len(bare) == 1 else 'they were'} found by id or by text."
        record.add("metadata", None, text)
    gather(theirs.cells, found, skeleton, lambda what, cell, text: record.add(what, cell, text, review=True), code)
    pictures = pool(theirs.cells)
    extra, appendix = _fill(nb, theirs.cells, found, record, pictures)
    _place(nb, extra, pictures)
    for text in appendix:
        nb.cells.append(v4.new_raw_cell(text, id=f"appendix-{len(nb.cells)}", metadata={}))
    if not any(is_answer(c) for c in skeleton.cells if c.id in found.values()):
        record.add("unrelated", None, "No cell of the assignment was found in this notebook.", review=True)
    return nb, record


def answers_in(submitted: bytes, name: str, skeleton: NotebookNode) -> int:
    """How many answers a submission has that are not as released; 0 when it cannot be read."""
    nb, record = repair(submitted, skeleton, name)
    return answered(nb, skeleton) if record.gradable else 0


def answered(nb: NotebookNode, skeleton: NotebookNode) -> int:
    """How many answers of a repaired notebook are not as released."""
    released = {c.id: meaning(c) for c in skeleton.cells if is_answer(c)}
    return sum(meaning(c) not in ("", released[c.id]) for c in nb.cells if c.id in released)


def _fill(
    nb: NotebookNode, cells: list[NotebookNode], found: dict[int, str], record: RepairRecord, pictures: Pool
) -> tuple[list[tuple[str | None, NotebookNode]], list[str]]:
    """Write the answers into `nb`; returns the cells to add, each with the id it follows, and the appendix's texts."""
    released = {c.id: copy.deepcopy(c) for c in nb.cells}
    given = {plain(c.source) for c in nb.cells}
    extra: list[tuple[str | None, NotebookNode]] = []
    appendix: list[str] = []
    places: dict[str, list[int]] = {}
    for position, identity in found.items():
        places.setdefault(identity, []).append(position)
    follows: str | None = None
    chosen: dict[str, int] = {}
    for identity, positions in places.items():
        blank = {"", plain(released[identity].source), meaning(released[identity])}
        changed = [p for p in sorted(positions) if plain(cells[p].source) not in blank]
        changed = [p for p in changed if meaning(cells[p]) not in blank] or changed
        # A copy that is only the head of another one was cut in two: it is not the one that was meant.
        texts = {p: plain(cells[p].source) for p in changed}
        whole = [p for p in changed if not any(t != texts[p] and t.startswith(texts[p]) for t in texts.values())]
        if len(whole) > 1:  # what defines the names that are asked for beats what does not
            asked = defined(released[identity].source)
            whole = [p for p in whole if asked & defined(cells[p].source)] or whole
        chosen[identity] = (whole or sorted(positions))[-1]
        if len(positions) > 1:
            different = len({plain(cells[p].source) for p in changed}) > 1
            text = f"The cell {identity} was there {len(positions)} times"
            text += "; they differ, and the last one counts." if different else "; one of them counts."
            record.add("duplicate", identity, text, review=different and is_answer(released[identity]))
    for cell in nb.cells:
        solution = is_answer(cell)
        if cell.id not in chosen:
            if solution or nbgrader_of(cell):
                kind = "answer" if solution else "locked"
                record.add(
                    "missing", cell.id, f"The {kind} cell {cell.id} was gone; it is as released.", review=bool(solution)
                )
        elif solution:
            theirs = cells[chosen[cell.id]]
            cell.source = theirs.source
            if theirs.cell_type != cell.cell_type:
                record.add("type", cell.id, f"The cell {cell.id} had become a {theirs.cell_type} cell.", review=True)
            if cell.cell_type == "code":
                _make_legible(cell, record, appendix, released[cell.id].source, cells)
                if said := unrun(cell, released[cell.id], cells, given):
                    record.add("unrun", cell.id, f"The answer {cell.id} {said}.", review=True)
            elif cell.cell_type == "markdown":
                _one_side(cell, record, appendix)
            carry(cell, theirs, pictures)
        elif nbgrader_of(cell) and plain(cells[chosen[cell.id]].source) != plain(cell.source):
            record.add("locked-edited", cell.id, f"The locked cell {cell.id} had been edited; it runs as released.")
            appendix.append(f"Edited copy of the locked cell {cell.id}:\n\n{cells[chosen[cell.id]].source}")
        elif _unsigned(cells[chosen[cell.id]].source) not in ("", _unsigned(cell.source)):
            text = f"The given cell {cell.id} had been edited; it is as released, and the edited copy is at the end."
            record.add("given-edited", cell.id, text)
            appendix.append(f"Edited copy of the given cell {cell.id}:\n\n{cells[chosen[cell.id]].source}")
        elif cell.cell_type == "code":
            carry(cell, cells[chosen[cell.id]], pictures)
    for position, cell in enumerate(cells):
        identity = found.get(position, "")
        if not identity:
            if cell.source.strip():
                extra.append((follows, cell))
            continue
        if position != chosen[identity]:
            stub = plain(released[identity].source)
            mine = plain(cell.source)
            if mine and mine != stub and mine != plain(cells[chosen[identity]].source):
                if is_answer(released[identity]):
                    extra.append((_before(nb, identity), cell))
                else:
                    appendix.append(f"Another copy of the locked cell {identity}:\n\n{cell.source}")
            continue
        follows = identity
    if extra:
        one = len(extra) == 1
        text = f"{_many(len(extra))} of the student's own {'stays where it was' if one else 'stay where they were'}."
        record.add("extra", None, text)
    return extra, appendix


def _make_legible(
    cell: NotebookNode, record: RepairRecord, appendix: list[str], stub: str, cells: list[NotebookNode]
) -> None:
    """An answer that Python cannot read for how it was pasted is mended; what stays wrong is named with its line."""
    source, done, fine = legible(cell.source, stub, lambda: names_in(cells))
    if done:
        appendix.append(f"The answer {cell.id} as it was submitted:\n\n{cell.source}")
        record.add("pasted", cell.id, f"In the answer {cell.id}, {done}.", review=True)
        cell.source = source
    elif not fine:
        # Nobody can tell a fault of the student's from one of pasting by the error: a person looks at the line.
        record.add("syntax", cell.id, f"The answer {cell.id} is not valid Python: {trouble(source)}.", review=True)


def _one_side(cell: NotebookNode, record: RepairRecord, appendix: list[str]) -> None:
    """Words with the marks of a git conflict: one side where both are the same, else as they are, and named."""
    if not conflicts.conflicting(cell.source):
        return
    ours, theirs = conflicts.sides(cell.source)
    if plain(ours) == plain(theirs):
        appendix.append(f"The answer {cell.id} as it was submitted:\n\n{cell.source}")
        cell.source = ours
    what = "its sides are equal" if plain(ours) == plain(theirs) else "its sides differ, and both are shown"
    record.add("conflict", cell.id, f"The answer {cell.id} has the marks of a git conflict; {what}.", review=True)


def _before(nb: NotebookNode, identity: str) -> str | None:
    ids = [c.id for c in nb.cells]
    at = ids.index(identity)
    return ids[at - 1] if at else None


def _place(nb: NotebookNode, extra: list[tuple[str | None, NotebookNode]], pictures: Pool) -> None:
    """Insert the student's own cells after the cells they followed, with fresh ids and no metadata."""
    taken = {c.id for c in nb.cells}
    after: dict[str | None, list[NotebookNode]] = {}
    for number, (follows, cell) in enumerate(extra, 1):
        identity = f"extra-{number}"
        while identity in taken:
            identity += "x"
        make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}[cell.cell_type]
        new = make(cell.source, id=identity, metadata={})
        carry(new, cell, pictures)
        after.setdefault(follows, []).append(new)
    cells = list(after.get(None, []))
    for cell in nb.cells:
        cells += [cell, *after.get(cell.id, [])]
    nb.cells = cells


def _unsigned(text: str) -> str:
    """A given cell's text as all releases of the notebook have it: a setting may add a line, or take it away."""
    lines = SAID_DUE.sub("", SIGNED.sub("", text)).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())
