"""Put a student's answers back into the pristine released notebook.

The release is the skeleton; of the hand-in only the answers' text (with their saved outputs) and the cells that the
student added are carried over. An answer is found by its `grade_id`, else by its cell id, else by likeness: by what it
defines, or by where it stands between cells that are still as released. Nothing that a student wrote is dropped:
what has no place goes to raw cells at the end, which never run.
"""

import copy
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import nbformat
from nbformat import v4
from nbformat.notebooknode import NotebookNode

from coursework import recover
from coursework.gather import Reader, gather, plain
from coursework.texts import printable

KEPT_OUTPUTS = 2 * 2**20  # characters of an answer's saved outputs that travel along
LIKE = 0.8  # difflib ratio from which a cell counts as a released cell that was edited
MAX_LIKENESS = 12  # such comparisons for one notebook: one takes up to a second, and an honest one needs three
MAX_CELLS = 1_000
MAX_OUTPUTS = 20_000  # saved outputs of all cells
MAX_DEPTH = 30  # lists and dictionaries within each other in one output; deeper ones end the stack of a later stage


@dataclass
class Record:
    """What was done to one hand-in; `look` when a human should see whether it was right."""

    release: str | None = None
    gradable: bool = True
    look: bool = False
    repairs: list[dict[str, Any]] = field(default_factory=list)

    def add(self, what: str, cell: str | None, text: str, look: bool = False) -> None:
        self.repairs.append({"what": what, "cell": cell, "text": text, "look": look})
        self.look = self.look or look


def read(raw: bytes, name: str = "", skeleton: NotebookNode | None = None) -> tuple[NotebookNode, list[str]]:
    """(notebook, what was odd) from bytes of any kind; raises ValueError with one line that says why it is none.

    `name` is the file's, and `skeleton` tells the released cells by which a plain script can be cut.
    """
    locked = tuple(c.source for c in skeleton.cells if not _about(c).get("solution")) if skeleton else ()
    found, notes = recover.content(raw, name, locked)
    try:
        nb = nbformat.from_dict(found) if found.get("nbformat") == 4 else _converted(found)
    except Exception as error:
        raise ValueError(f"the file is no notebook that can be read ({type(error).__name__})") from None
    if not isinstance(nb.get("cells"), list):
        raise ValueError("the file is JSON, but no notebook")
    if len(nb.cells) > MAX_CELLS:
        raise ValueError(f"the notebook has {len(nb.cells):,} cells, more than {MAX_CELLS:,}")
    nb.cells = [_cell(c) for c in nb.cells if isinstance(c, dict)]
    if (outputs := sum(len(c.get("outputs", [])) for c in nb.cells)) > MAX_OUTPUTS:
        raise ValueError(f"the notebook has {outputs:,} saved outputs, more than {MAX_OUTPUTS:,}")
    return nb, notes


def _converted(found: dict) -> NotebookNode:
    """A notebook of an older nbformat (worksheets) as one of today's."""
    return nbformat.reads(json.dumps(found), as_version=4)


def _cell(cell: dict) -> NotebookNode:
    """One cell with the fields that are relied on, whatever the file holds."""
    source = cell.get("source", "")
    source = "".join(map(str, source)) if isinstance(source, list) else str(source)
    source = source.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be written to a file
    kind = cell.get("cell_type") if cell.get("cell_type") in ("code", "markdown", "raw") else "raw"
    meta = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    outputs: Any = cell.get("outputs")
    clean = {"cell_type": kind, "source": source, "metadata": meta, "id": str(cell.get("id") or "")}
    if kind == "code":
        clean["outputs"] = [o for o in outputs if isinstance(o, dict)] if isinstance(outputs, list) else []
    return nbformat.from_dict(clean)


def _about(cell: NotebookNode) -> dict:
    about = cell.metadata.get("nbgrader")
    return about if isinstance(about, dict) else {}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _match(cells: list[NotebookNode], skeleton: NotebookNode, record: Record, code: Reader) -> dict[int, str]:
    """Position in the hand-in → id of the skeleton's cell it stands for."""
    by_id = {c.id: c for c in skeleton.cells}
    known = {_about(c).get("grade_id"): c.id for c in skeleton.cells if _about(c).get("grade_id")}
    found: dict[int, str] = {}
    for position, cell in enumerate(cells):
        grade_id = _about(cell).get("grade_id")
        if isinstance(grade_id, str) and grade_id in known:
            found[position] = known[grade_id]
        elif cell.id in by_id:
            found[position] = cell.id
    for same in (plain, _letters):  # by the very text, then by its letters alone, as a web page keeps them
        lost = [i for i in range(len(cells)) if i not in found]
        exact: dict[str, list[str]] = {}
        for c in skeleton.cells if lost else ():
            exact.setdefault(same(c.source), []).append(c.id)
        for position in lost:
            text = same(cells[position].source)
            ids = [i for i in exact.get(text, []) if i not in found.values()]
            if ids and (len(text) > 20 or same is plain) and cells[position].source.strip():
                found[position] = ids[0]
    _match_by_likeness(cells, skeleton, found, code)
    if not _match_the_edited(cells, skeleton, found):
        text = (
            "Too many cells look like edited released ones for all to be compared; the rest stay as the student's own."
        )
        record.add("too-much", None, text, look=True)
    bare = [
        i
        for i, key in found.items()
        if _about(by_id[key]) and _about(cells[i]).get("grade_id") != _about(by_id[key])["grade_id"]
    ]
    if bare:
        record.add(
            "metadata", None, f"{len(bare)} cells had lost their marks; they were found by their id or their text."
        )
    return found


def _match_by_likeness(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str], code: Reader) -> None:
    """Answers by the names that their stub defines, then by position between matched neighbours."""
    taken = set(found.values())
    open_answers = [c for c in skeleton.cells if _about(c).get("solution") and c.id not in taken]
    for answer in open_answers:
        wanted = code.defined(answer.source)
        if wanted and answer.cell_type == "code":
            for position, cell in enumerate(cells):
                if position not in found and cell.cell_type == "code" and wanted <= code.defined(cell.source):
                    found[position] = answer.id  # the last such cell wins later, as duplicates do
    order = [c.id for c in skeleton.cells]
    for answer in open_answers:
        if answer.id in found.values():
            continue
        at = order.index(answer.id)
        before = next((p for p, i in found.items() if at and i == order[at - 1]), None)
        after = next((p for p, i in found.items() if at + 1 < len(order) and i == order[at + 1]), None)
        between = range(
            (before if before is not None else (after or 0) - 2) + 1, after if after is not None else (before or 0) + 2
        )
        gap = [p for p in between if 0 <= p < len(cells) and p not in found and cells[p].cell_type == answer.cell_type]
        if gap and (before is not None or after is not None):
            found[gap[0]] = answer.id


def _match_the_edited(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str]) -> bool:
    """Released cells that were edited, by their likeness; False when there was too much to compare."""
    missing = [c for c in skeleton.cells if c.id not in found.values() and not _about(c).get("solution")]
    left = MAX_LIKENESS
    for position, cell in enumerate(cells):
        if position in found or len(cell.source) < 40:
            continue
        text = cell.source[:4000]
        for other in missing:
            if other.cell_type != cell.cell_type or not _may_be_like(text, other.source[:4000]):
                continue
            if not left:
                return False
            left -= 1
            if SequenceMatcher(None, text, other.source[:4000], autojunk=False).ratio() > LIKE:
                found[position] = other.id
                break
    return True


def _may_be_like(one: str, two: str) -> bool:
    """Whether the letters that both texts have, in any order, are enough for a ratio above LIKE."""
    enough = LIKE * (len(one) + len(two)) / 2
    return min(len(one), len(two)) > enough and (Counter(one) & Counter(two)).total() > enough


def repair(handed_in: bytes, skeleton: NotebookNode, name: str = "") -> tuple[NotebookNode, Record]:
    """(gradable notebook, record). An unreadable file gives the untouched skeleton with the reason; it never raises."""
    record = Record()
    nb = copy.deepcopy(skeleton)
    try:
        theirs, notes = read(handed_in, name, skeleton)
    except ValueError as error:
        record.gradable = False
        record.add("unreadable", None, f"Nothing could be graded: {error}.", look=True)
        return nb, record
    for note in notes:
        record.add("recovered", None, note, look=True)
    about = theirs.metadata.get("coursework") if isinstance(theirs.get("metadata"), dict) else None
    release = about.get("release") if isinstance(about, dict) else None
    record.release = printable(release, 80) if isinstance(release, str) else None
    ours = skeleton.metadata.get("coursework", {}).get("release")
    if record.release and record.release != ours:
        record.add("release", None, f"It was made from {record.release}; it is graded as {ours}.")
    code = Reader(skeleton)
    found = _match(theirs.cells, skeleton, record, code)
    gather(theirs.cells, found, skeleton, lambda what, cell, text: record.add(what, cell, text, look=True), code)
    extra, appendix = _fill(nb, theirs.cells, found, record)
    _place(nb, extra)
    for text in appendix:
        nb.cells.append(v4.new_raw_cell(text, id=f"appendix-{len(nb.cells)}", metadata={}))
    if not any(_about(c).get("solution") for c in skeleton.cells if c.id in found.values()):
        record.add("unrelated", None, "No cell of the assignment was found in this notebook.", look=True)
    return nb, record


def _fill(
    nb: NotebookNode, cells: list[NotebookNode], found: dict[int, str], record: Record
) -> tuple[list[tuple[str | None, NotebookNode]], list[str]]:
    """Write the answers into `nb`; returns the cells to add, each with the id it follows, and the appendix's texts."""
    released = {c.id: copy.deepcopy(c) for c in nb.cells}
    extra: list[tuple[str | None, NotebookNode]] = []
    appendix: list[str] = []
    places: dict[str, list[int]] = {}
    for position, identity in found.items():
        places.setdefault(identity, []).append(position)
    follows: str | None = None
    chosen: dict[str, int] = {}
    for identity, positions in places.items():
        stub = plain(released[identity].source)
        changed = [p for p in sorted(positions) if plain(cells[p].source) not in (stub, "")]
        # A copy that is only the head of another one was cut in two: it is not the one that was meant.
        texts = {p: plain(cells[p].source) for p in changed}
        whole = [p for p in changed if not any(t != texts[p] and t.startswith(texts[p]) for t in texts.values())]
        chosen[identity] = (whole or sorted(positions))[-1]
        if len(positions) > 1:
            different = len({plain(cells[p].source) for p in changed}) > 1
            text = f"The cell {identity} was there {len(positions)} times"
            text += "; they differ, and the last one counts." if different else "; one of them counts."
            record.add("duplicate", identity, text, look=different and bool(_about(released[identity]).get("solution")))
    for cell in nb.cells:
        solution = _about(cell).get("solution")
        if cell.id not in chosen:
            if solution or _about(cell):
                kind = "answer" if solution else "locked"
                record.add(
                    "missing", cell.id, f"The {kind} cell {cell.id} was gone; it is as released.", look=bool(solution)
                )
        elif solution:
            theirs = cells[chosen[cell.id]]
            cell.source = theirs.source
            if theirs.cell_type != cell.cell_type:
                record.add("type", cell.id, f"The cell {cell.id} had become a {theirs.cell_type} cell.", look=True)
            if cell.cell_type == "code":
                cell.outputs = _saved(theirs)
        elif _about(cell) and plain(cells[chosen[cell.id]].source) != plain(cell.source):
            record.add("locked-edited", cell.id, f"The locked cell {cell.id} had been edited; it runs as released.")
            appendix.append(f"Edited copy of the locked cell {cell.id}:\n\n{cells[chosen[cell.id]].source}")
        elif cell.cell_type == "code":
            cell.outputs = _saved(cells[chosen[cell.id]])
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
                if _about(released[identity]).get("solution"):
                    extra.append((_before(nb, identity), cell))
                else:
                    appendix.append(f"Another copy of the locked cell {identity}:\n\n{cell.source}")
            continue
        follows = identity
    if extra:
        record.add("extra", None, f"{len(extra)} cells of the student's own stay where they were.")
    return extra, appendix


def _before(nb: NotebookNode, identity: str) -> str | None:
    ids = [c.id for c in nb.cells]
    at = ids.index(identity)
    return ids[at - 1] if at else None


def _saved(cell: NotebookNode) -> list[NotebookNode]:
    """The saved outputs of a cell that are well-formed, up to a size."""
    kept, size = [], 0
    for output in cell.get("outputs", []):
        try:
            size += len(json.dumps(output, default=str))
            nbformat.validate(output, ref="output", version=4)
        except Exception:
            continue
        if size <= KEPT_OUTPUTS and not _deep(output):
            kept.append(output)
    return kept


def _deep(value: Any) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        inner = [v.values() if isinstance(v, dict) else v for v in level if isinstance(v, (dict, list))]
        level = [one for values in inner for one in values]
    return bool(level)


def _place(nb: NotebookNode, extra: list[tuple[str | None, NotebookNode]]) -> None:
    """Insert the student's own cells after the cells they followed, with fresh ids and no metadata."""
    taken = {c.id for c in nb.cells}
    after: dict[str | None, list[NotebookNode]] = {}
    for number, (follows, cell) in enumerate(extra, 1):
        identity = f"extra-{number}"
        while identity in taken:
            identity += "x"
        make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}[cell.cell_type]
        new = make(cell.source, id=identity, metadata={})
        if cell.cell_type == "code":
            new.outputs = _saved(cell)
        after.setdefault(follows, []).append(new)
    cells = list(after.get(None, []))
    for cell in nb.cells:
        cells += [cell, *after.get(cell.id, [])]
    nb.cells = cells
