"""Answers that are elsewhere than in their cell: typed beside it, into another one, or torn into pieces.

Works on the submission's cells after they have been matched with the release, before the answers are carried over. An
answer is known by the names that its stub defines. What is put together here is said, and needs review.
"""

import ast
import builtins
import copy
import re
import textwrap
from keyword import iskeyword

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.intake import beside, written
from coursework.intake.beside import Say, free
from coursework.intake.code import Reader, meaning, plain
from coursework.notebook.whole import parses, whole_tree

# What counts, beside each shared name, when a piece of a cell looks for its other half:
NEXT = 100  # the piece is right below
TORN = 50  # the other half is unfinished, too
ODD = 1000  # together they hold code that cannot be reached, or a method twice


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
    reader.top = {name for cell in cells if cell.cell_type == "code" for name in reader.defined(cell.source)}
    _stubs_off(programs, cells, found, say, reader)
    _mend(programs, cells, found, say, reader)
    for look in (beside.in_its_own, beside.elsewhere):
        for answer in programs:
            if not _answered(answer.id, cells, found, blank):
                look(answer, cells, found, skeleton, say, reader)
    words = [a for a in answers if a.cell_type == "markdown" and not _answered(a.id, cells, found, blank)]
    written.gather(words, cells, found, skeleton, say, reader, size)  # code for one answer is no words for another
    if reader.tired:
        say("too-much", None, "It holds more code beside the answers than is searched; some may be an answer, too.")


def _answered(identity: str, cells: list[NotebookNode], found: dict[int, str], blank: dict[str, set[str]]) -> bool:
    texts = [{plain(cells[p].source), meaning(cells[p])} for p, key in found.items() if key == identity]
    return any(not text & blank[identity] for text in texts)


def _words(text: str) -> set[str]:
    return {name for name in re.findall(r"[A-Za-z_]\w*", text) if not iskeyword(name)}


def _unfinished(text: str) -> bool:
    """Whether the text makes no sense alone, or ends in a function that is only a docstring."""
    if not parses(text):
        return True
    last = whole_tree(text).body[-1:]  # none where all is comments: an answer, too
    return bool(last) and isinstance(last[0], ast.FunctionDef) and isinstance(last[0].body[-1], ast.Expr)


def _odd(text: str) -> bool:
    """Whether a line is below a `return`, or a method is there twice, as in pieces that belong elsewhere."""
    for node in ast.walk(whole_tree(text)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        if any(isinstance(one, (ast.Return, ast.Raise, ast.Continue, ast.Break)) for one in body[:-1]):
            return True
        methods = [one.name for one in body if isinstance(one, ast.FunctionDef) and not one.decorator_list]
        if isinstance(node, ast.ClassDef) and len(set(methods)) < len(methods):
            return True
    return False


def _fitted(head: str, piece: str, below: bool, code: Reader) -> list[tuple[int, str]]:
    """(names that the piece shares with what it is put behind, the whole) for each place in `head` where it parses.

    Where it parses nowhere as it is, both are taken without the indentation that the head has as a whole, then without
    tabs; and a piece that has lost its own, and has a `return`, takes that of the line above. What is right `below` may
    have been cut off within a line, or behind a line's indentation.
    """
    front = head[: len(head) - len(head.lstrip(" \t"))]
    shifted = [re.sub(f"(?m)^{front}", "", text) for text in (head, piece)]
    blank = [re.sub(r"(?m)^[ \t]+", lambda m: m[0].expandtabs(4), text) for text in shifted]
    tried = [(head, piece), (shifted[0], shifted[1]), (blank[0], blank[1])]
    if _returns(piece, code):
        last = head.rstrip().rpartition("\n")[2]
        deeper = last[: len(last) - len(last.lstrip())] + "    " * last.endswith(":")
        tried = [(head, textwrap.indent(piece, deeper))]
    elif below:
        levels = {line[: len(line) - len(line.lstrip())] for line in [*head.splitlines(), *piece.splitlines()[1:2]]}
        tried += [(head, indent + piece) for indent in sorted(levels - {""}, key=len, reverse=True)]
    return next((fits for pair in dict.fromkeys(tried) if (fits := _places(*pair, code))), [])


def _cut(head: str, piece: str, code: Reader) -> bool:
    """Whether two texts were one that was cut within a line: one of them alone is no Python, a word that the notebook
    knows is in halves, or the second one reads what only the function has in which the first one ends."""
    # A comment or a shell line takes any text behind it, also a sign that Python does not have.
    if head.endswith("\n") or not code.parses(head + piece) or code.parses(head + "$"):
        return False
    if not (code.parses(head) and code.parses(piece)):
        return True
    end, start = re.search(r"\w*\Z", head), re.match(r"\w*", piece)
    first, second = end[0] if end else "", start[0] if start else ""
    known = first in code.words or hasattr(builtins, first) or re.findall(r"\w+", head).count(first) > 1
    if second and first.isidentifier() and not known and first + second in code.words:
        return True
    whole = head + piece
    blank = head.endswith((" ", "\t"))
    return blank and (_goes_on(head, piece, whole, code) or (_returns(piece, code) and not _odd(whole)))


def _goes_on(head: str, piece: str, whole: str, code: Reader) -> bool:
    """Whether code reads what only the function has in which a whole text ends, and can be reached there."""
    last = [node for part in whole_tree(head).body[-1:] for node in ast.walk(part)]
    named = {n.name for n in last if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    inner = {n.arg for n in last if isinstance(n, ast.arg)}
    inner |= {n.id for n in last if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    body = whole_tree(textwrap.dedent(piece)).body
    names = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Name)]
    read = {node.id for node in names} - {node.id for node in names if isinstance(node.ctx, ast.Store)}
    used = named & {node.id for node in ast.walk(body[0]) if isinstance(node, ast.Name)} if body else named
    return bool(named and inner & read - code.top) and not used and not _odd(whole)


def _returns(text: str, code: Reader) -> bool:
    """Whether the text is whole Python but for a `return` that is in no function."""
    return code.parses(text) and _returning(whole_tree(text))


def _returning(node: ast.AST) -> bool:
    inner = (n for n in ast.iter_child_nodes(node) if not isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(isinstance(n, ast.Return) or _returning(n) for n in inner if isinstance(n, ast.stmt | ast.excepthandler))


def _places(head: str, piece: str, code: Reader) -> list[tuple[int, str]]:
    """What `_fitted` gives, for texts as they are.

    The places: the end, and before each function or class, where another answer was appended to a torn one.
    """
    first = len(head) - len(head.lstrip())
    starts = [m.start() for m in re.finditer(r"^(?:@|def |class )", head, re.M) if m.start() > first]
    fits = []
    for end in [len(head), *reversed(starts)]:
        if code.tired:
            break
        before, after = head[:end].rstrip("\n"), head[end:]
        together = next((t for t in (f"{before}\n{piece}", f"{before}\n\n{piece}") if code.joins(t)), None)
        whole = f"{together}\n\n\n{after}" if after else together
        if together and whole and code.joins(whole) and not _returns(whole, code):
            block = before[max([0, *(s for s in starts if s < end)]) :]
            shared = len(_words(block) & _words(piece)) + TORN * _unfinished(block)
            fits.append((shared - ODD * _odd(whole), whole))
    return fits


def _stubs_off(
    answers: list[NotebookNode], cells: list[NotebookNode], found: dict[int, str], say: Say, code: Reader
) -> None:
    """Another answer that was typed below an untouched stub gets a cell of its own: the stub is not an answer. A stub
    that is left below the answer would take its place."""
    for answer in answers:
        stub, name = plain(answer.source), answer.id
        for position in [p for p, key in found.items() if key == name and code.defined(stub)]:
            text = plain(cells[position].source)
            rest, before = text[len(stub) :], text[: -len(stub)].rstrip("\n")
            if text.startswith(f"{stub}\n") and code.parses(rest) and not rest.lstrip("\n")[:1].isspace():
                if code.defined(rest) and not code.defined(stub) & code.defined(rest):
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
        piece = code.bare(cells[position].source)
        if not free(position, cells, found):
            continue
        above = next((p for p in range(position - 1, -1, -1) if cells[p].source.strip()), None)
        likely = []
        text = cells[position].cell_type != "code"
        lone, start = _returns(piece, code), cells[above].source if above is not None else ""
        alone = textwrap.dedent(piece)
        apart = code.parses(alone) and not _returns(alone, code)  # IPython runs it as a cell of its own, too
        heads = list(range(len(cells)))
        if text or apart or code.parses(piece):  # then it is a piece of the cell above, if that is torn, or goes on
            torn = above is not None and (not code.parses(start) or (apart and not text and _unfinished(start)))
            cut = above is not None and not (text and not torn) and _cut(start, cells[position].source, code)
            below = apart and piece[:1].isspace() and not torn
            below = below and any(_goes_on(start, piece, whole, code) for _, whole in _places(start, piece, code))
            words = text and not (code.parses(piece) and not lone)
            lone = lone or cut or below or (words and (torn or bool(re.search(r"^[ \t]+return\b", piece, re.M))))
            heads = [above] if above is not None and (lone or (torn and not text)) else []
        own = False
        for head in heads:
            cell, start, key = cells[head], code.bare(cells[head].source), found.get(head)
            if head == position or not start.strip() or (cell.cell_type != "code" and not key):
                continue
            if key is not None and (key not in released or plain(start) == plain(released[key].source)):
                continue
            source = cells[position].source
            if head == above and _cut(cell.source, source, code):
                fits = [(len(_words(cell.source) & _words(source)) + TORN, cell.source + source)]
            else:
                fits = _fitted(start, piece, head == above, code)
            for shared, whole in fits:
                meant = [a.id for a in answers if key in (None, a.id) and code.defined(a.source) <= code.defined(whole)]
                meant = [i for i in meant if key or code.defined(released[i].source)]
                own = own or (head == above and not meant and not key)
                if meant and (shared > 0 or (head == above and not lone)):
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
