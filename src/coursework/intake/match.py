"""Which cell of a submission is which cell of the release.

By `grade_id`, else by cell id, else by the very text, else by similarity: answers by the names that their stub asks for
or defines, or by their place between cells that were found, released cells that were edited by their letters.
"""

import re
from collections import Counter

from nbformat.notebooknode import NotebookNode
from rapidfuzz import fuzz, process

from coursework.core.cells import is_answer, nbgrader_of
from coursework.intake.code import Reader, plain

LIKE = 0.8  # similarity from which a cell counts as a released cell that was edited
WHOLE = 20  # letters from which a given cell's text says which cell it is
COMPARED = 4000  # characters of a cell that are compared


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def match(cells: list[NotebookNode], skeleton: NotebookNode, code: Reader) -> tuple[dict[int, str], list[str]]:
    """(position in the submission → id of the skeleton's cell it is for, ids of answers whose marks were mixed up)."""
    by_id = {c.id: c for c in skeleton.cells}
    known = {nbgrader_of(c).get("grade_id"): c.id for c in skeleton.cells if nbgrader_of(c).get("grade_id")}
    found: dict[int, str] = {}
    for position, cell in enumerate(cells):
        grade_id = nbgrader_of(cell).get("grade_id")
        if isinstance(grade_id, str) and grade_id in known:
            found[position] = known[grade_id]
        elif cell.id in by_id:
            found[position] = cell.id
    _by_text(cells, skeleton, found)
    mixed = [*_swapped(cells, skeleton, found, code), *_by_place(cells, skeleton, found, code)]
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
    _match_answers(cells, skeleton, found, code)
    _match_edited(cells, skeleton, found)
    return found, mixed


def _by_text(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str]) -> None:
    """A given cell that is whole is that cell, whatever mark it carries: marks can be moved, its text was not."""
    given = [c for c in skeleton.cells if not is_answer(c) and len(plain(c.source)) >= WHOLE]
    texts = {plain(c.source): c.id for c in given}
    there = Counter(plain(c.source) for c in skeleton.cells)
    once = {text for text in texts if there[text] == 1}
    for position, key in list(found.items()):
        text = plain(cells[position].source)
        if text in once and texts[text] != key:
            found[position] = texts[text]


def _match_answers(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str], code: Reader) -> None:
    """Answers by the names that their stub defines, then by position between matched neighbours."""
    taken = set(found.values())
    open_answers = [c for c in skeleton.cells if is_answer(c) and c.id not in taken]
    for answer in open_answers:
        if answer.cell_type == "code" and code.defined(answer.source):
            fits = [p for p, cell in enumerate(cells) if p not in found and code.is_for(cell.source, answer.source)]
            programs = [p for p in fits if cells[p].cell_type == "code"]
            # The last such cell wins later, as duplicates do. Text that holds the code quotes it, unless there is no
            # other: then it is the answer, whose cell has become one of another type.
            found.update(dict.fromkeys(programs or fits, answer.id))
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


def _match_edited(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str]) -> None:
    """Released cells that were edited, by their similarity."""
    missing = [c for c in skeleton.cells if c.id not in found.values() and not is_answer(c)]
    for kind in {c.cell_type for c in missing}:
        texts = {c.id: c.source[:COMPARED] for c in missing if c.cell_type == kind}
        for position, cell in enumerate(cells):
            if position not in found and cell.cell_type == kind and len(cell.source) >= 40:
                best = process.extractOne(cell.source[:COMPARED], texts, scorer=fuzz.ratio, score_cutoff=100 * LIKE)
                if best:
                    found[position] = best[2]


def _swapped(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str], code: Reader) -> list[str]:
    """Put answers right whose marks were exchanged: what an answer defines beats the id that it carries."""
    released = {c.id: c for c in skeleton.cells}
    programs = [c for c in skeleton.cells if is_answer(c) and c.cell_type == "code"]
    names = {c.id: wanted for c in programs if (wanted := code.defined(c.source))}
    wrong = {
        p for p, key in found.items()
        if cells[p].source.strip() and "code" in (cells[p].cell_type, released[key].cell_type)
        and _foreign(cells[p], released[key], names, code)
    }  # fmt: skip
    moved = []
    for position in sorted(wrong):
        mine = code.defined(cells[position].source)
        fits = [key for key, wanted in names.items() if key != found[position] and wanted <= mine]
        free = [
            key for key in fits if all(p in wrong or not cells[p].source.strip() for p, k in found.items() if k == key)
        ]
        if len(fits) == 1 and free == fits:
            moved.append((position, fits[0]))
    for position, key in moved:
        found[position] = key
    return [key for _, key in moved]


def _foreign(cell: NotebookNode, released: NotebookNode, names: dict[str, set], code: Reader) -> bool:
    """Whether a cell with code is not what its mark says: another answer's, a written one's or a given cell's."""
    if released.id in names:
        return not names[released.id] <= code.defined(cell.source)
    solution = is_answer(released)
    return released.cell_type == "markdown" if solution else plain(cell.source) != plain(released.source)


def _by_place(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str], code: Reader) -> list[str]:
    """Written answers with another cell's mark: the one that follows the cell above counts, where its own id says so,
    or where nothing else is this answer."""
    by_id = {c.id: c for c in skeleton.cells}
    following = dict(zip([c.id for c in skeleton.cells], [c.id for c in skeleton.cells[1:]], strict=False))
    written = {c.id for c in skeleton.cells if is_answer(c) and c.cell_type == "markdown"}
    moved = []
    for position, key in list(found.items()):
        cell, other = cells[position], cells[position].id
        next_one = following.get(found.get(position - 1, ""), "")
        own = other in by_id and other != key and by_id[other].cell_type == by_id[key].cell_type == "markdown"
        taken = next_one in found.values()
        edited = plain(cell.source) != plain(by_id[key].source)
        lost = cell.cell_type == "markdown" and key not in written and edited and not taken and len(cell.source) > 1
        if next_one in written and next_one != key and edited and ((own and next_one == other) or lost):
            found[position] = next_one
            moved.append(next_one)
    return moved
