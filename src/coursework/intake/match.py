"""Which cell of a submission stands for which cell of the release.

By `grade_id`, else by cell id, else by the very text, else by similarity: answers by the names that their stub defines
or by where they stand between cells that were found, released cells that were edited by their letters.
"""

import re
from collections import Counter
from difflib import SequenceMatcher

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import nbgrader_of
from coursework.intake.reassemble import Reader, plain

LIKE = 0.8  # difflib ratio from which a cell counts as a released cell that was edited
MAX_LIKENESS = 12  # such comparisons for one notebook: one takes up to a second, and an honest one needs three


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def match(cells: list[NotebookNode], skeleton: NotebookNode, code: Reader) -> tuple[dict[int, str], bool]:
    """(position in the submission → id of the skeleton's cell it stands for, whether all could be compared)."""
    by_id = {c.id: c for c in skeleton.cells}
    known = {nbgrader_of(c).get("grade_id"): c.id for c in skeleton.cells if nbgrader_of(c).get("grade_id")}
    found: dict[int, str] = {}
    for position, cell in enumerate(cells):
        grade_id = nbgrader_of(cell).get("grade_id")
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
    _match_answers(cells, skeleton, found, code)
    return found, _match_edited(cells, skeleton, found)


def _match_answers(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str], code: Reader) -> None:
    """Answers by the names that their stub defines, then by position between matched neighbours."""
    taken = set(found.values())
    open_answers = [c for c in skeleton.cells if nbgrader_of(c).get("solution") and c.id not in taken]
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


def _match_edited(cells: list[NotebookNode], skeleton: NotebookNode, found: dict[int, str]) -> bool:
    """Released cells that were edited, by their similarity; False when there was too much to compare."""
    missing = [c for c in skeleton.cells if c.id not in found.values() and not nbgrader_of(c).get("solution")]
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
