"""Answers that are elsewhere than in their cell: typed beside it, into another one, or torn into pieces.

Works on the submission's cells after they have been matched with the release, before the answers are carried over. An
answer is known by the names that its stub defines. What is put together here is said, and needs review.
"""

import copy
import re

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.intake import beside, written
from coursework.intake.beside import Say, free
from coursework.intake.code import Reader, asks_for, meaning, plain
from coursework.intake.torn import TORN, Piece, fits, unfinished, was_cut, words_of

NEXT = 100  # what counts, beside each shared name (see `torn`), where a piece is right below


def gather(
    cells: list[NotebookNode], found: dict[int, str], skeleton: NotebookNode, say: Say, code: Reader | None = None
) -> None:
    """Change `cells` and `found` (position → id of the released cell) so that answers are where they belong."""
    reader = code or Reader(skeleton)
    answers = [c for c in skeleton.cells if is_answer(c)]
    blank = {c.id: {"", plain(c.source), meaning(c)} for c in skeleton.cells}
    for cell in [c for c in skeleton.cells if not meaning(c)]:  # a question that comments answer
        blank[cell.id] = {"", plain(cell.source)}
    programs = [answer for answer in answers if answer.cell_type == "code"]
    size = len(cells)
    _stubs_off(programs, cells, found, say, reader)
    _mend(programs, cells, found, say, reader)
    for look in (beside.in_its_own, beside.elsewhere):
        for answer in programs:
            if not _answered(answer.id, cells, found, blank):
                look(answer, cells, found, skeleton, say, reader)
    for answer in programs:
        if _answered(answer.id, cells, found, blank):
            beside.rest(answer, cells, found, skeleton, say, reader)
    words = [a for a in answers if a.cell_type == "markdown" and not _answered(a.id, cells, found, blank)]
    written.gather(words, cells, found, skeleton, say, reader, size)  # code for one answer is no words for another
    if reader.tired:
        say("too-much", None, "It holds more code beside the answers than is searched; some may be an answer, too.")


def _answered(identity: str, cells: list[NotebookNode], found: dict[int, str], blank: dict[str, set[str]]) -> bool:
    texts = [{plain(cells[p].source), meaning(cells[p])} for p, key in found.items() if key == identity]
    return any(not text & blank[identity] for text in texts)


def _stubs_off(
    answers: list[NotebookNode], cells: list[NotebookNode], found: dict[int, str], say: Say, code: Reader
) -> None:
    """Another answer that was typed below an untouched stub gets a cell of its own: the stub is not an answer, unless
    it works as it is. A stub that is left below the answer would take its place."""
    for answer in answers:
        stub, name = plain(answer.source), answer.id
        for position in [p for p, key in found.items() if key == name and code.defined(stub)]:
            text = plain(cells[position].source)
            rest, before = text[len(stub) :], text[: -len(stub)].rstrip("\n")
            if text.startswith(f"{stub}\n") and code.parses(rest) and not rest.lstrip("\n")[:1].isspace():
                if asks_for(stub) and code.defined(rest) and not code.defined(stub) & code.defined(rest):
                    cells[position].source = stub
                    cells.append(copy.deepcopy(cells[position]))
                    cells[-1].source = rest.lstrip("\n")
            elif text.endswith(f"\n{stub}") and code.parses(before) and code.defined(stub) <= code.defined(before):
                cells[position].source = before
                say("stub", name, f"The cell {name} had its stub again below the answer; it was taken off.")


def _mend(
    answers: list[NotebookNode], cells: list[NotebookNode], found: dict[int, str], say: Say, code: Reader
) -> None:
    """A cell that was split inside a function: each piece goes to the head with which it makes most sense."""
    released = {answer.id: answer for answer in answers}
    for position in range(len(cells)):
        if not free(position, cells, found):
            continue
        piece, likely, own = Piece.of(cells[position], code), [], False
        above = next((p for p in range(position - 1, -1, -1) if cells[p].source.strip()), None)
        code.top = {name for c in cells[:position] if c.cell_type == "code" for name in code.defined(c.source)}
        answer = next((p for p in range(position - 1, -1, -1) if _is_code(p, cells, found, released)), None)
        for head in _heads(above, answer, piece, cells, code):
            cell, start, key = cells[head], code.bare(cells[head].source), found.get(head)
            if head == position or not start.strip() or (cell.cell_type != "code" and not key):
                continue
            if key is not None and (key not in released or plain(start) == plain(released[key].source)):
                continue
            asked = _methods(released[key].source) if key and piece.methods else set()
            if asked and asked <= _methods(start):  # nothing is missing
                continue
            for shared, whole in _ways(cell.source, start, piece, head == above, code):
                meant = [a.id for a in answers if key in (None, a.id) and code.defined(a.source) <= code.defined(whole)]
                meant = [i for i in meant if key or code.defined(released[i].source)]
                own = own or (head == above and not meant and not key)
                if meant and (shared > 0 or head == above):
                    likely.append((shared + NEXT * (head == above), head, meant[0], whole))
        if code.tired:  # what was not tried might have been as likely
            return
        if own:  # it goes on with the student's own cell above
            continue
        likely.sort(key=lambda one: -one[0])
        if likely and (len(likely) == 1 or likely[0][0] > likely[1][0]):
            _, head, identity, cells[head].source = likely[0]
            cells[position].source = ""
            say("split", identity, f"The cell {identity} had been split; its pieces were put together.")
        elif likely:
            say("torn", likely[0][2], f"A piece of a function is left over; it may belong to {likely[0][2]}.")
        elif answer is not None and _is_left_over(piece, answer, above == answer, cells, found, code):
            say("torn", found[answer], f"A piece of a function is left over; it may belong to {found[answer]}.")


def _is_code(
    position: int, cells: list[NotebookNode], found: dict[int, str], released: dict[str, NotebookNode]
) -> bool:
    """Whether a cell is an answer's code, and not empty."""
    return found.get(position) in released and bool(cells[position].source.strip())


def _heads(above: int | None, answer: int | None, piece: Piece, cells: list[NotebookNode], code: Reader) -> list[int]:
    """Positions of the cells from which a piece may go on.

    The cell above; of a piece that cannot run by itself also the answer above, whatever is between, and each cell that
    is no Python.
    """
    if piece.text and piece.apart:  # words and code of its own, which `beside` looks at
        return []
    wide = not piece.text and (piece.methods or not piece.apart)
    near = [p for p in (above, answer if wide else None) if p is not None]
    torn = [p for p, cell in enumerate(cells) if not code.parses(cell.source)] if wide and not piece.apart else []
    return [p for p in dict.fromkeys([*near, *torn]) if cells[p].source.strip()]


def _ways(source: str, start: str, piece: Piece, below: bool, code: Reader) -> list[tuple[int, str]]:
    """What `torn.fits` finds for a head; what was cut within a line is told at once."""
    torn = unfinished(start, code)
    if below and (torn or not piece.text) and was_cut(source, piece.source, code):
        return [(len(words_of(source) & words_of(piece.source)) + TORN, source + piece.source)]
    if piece.apart and not torn and not piece.code[:1].isspace():
        return []
    return fits(start, piece, below, code)


def _methods(text: str) -> set[str]:
    """The names of the methods that a text defines."""
    return set(re.findall(r"^[ \t]+def[ \t]+(\w+)[ \t]*\([ \t]*self\b", text, re.M))


def _is_left_over(
    piece: Piece, answer: int, below: bool, cells: list[NotebookNode], found: dict[int, str], code: Reader
) -> bool:
    """Whether it is a part of some function or class, and nobody can tell of which; a copy is none. What is right
    `below` an answer may be the rest of its last line."""
    if piece.text or piece.is_within(cells[p].source for p in found):
        return False
    start, programs = cells[answer].source, [c.source for c in cells if c.cell_type == "code"]
    if piece.of_a_function or (below and not piece.apart and code.parses(start + piece.source)):
        return True
    if piece.of_a_class and (methods := _methods(start)):
        others = words_of("\n".join(text for text in programs if text != piece.source))
        return not code.defined(piece.source) & others - methods
    known = {name for text in programs for name in code.defined(text)} if below else set()
    return below and piece.begins_within_a_name(start, known | code.words)
