"""Answers in code that are in a cell other than their own, and how an answer comes into its cell."""

import ast
import copy
from collections.abc import Callable

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.intake.code import Reader, meaning, plain
from coursework.intake.legible import LONE
from coursework.notebook.whole import whole_tree

Say = Callable[[str, str | None, str], None]  # what, cell, sentence


def free(position: int, cells: list[NotebookNode], found: dict[int, str]) -> bool:
    """Whether a cell is none of the release's and has a text."""
    return 0 <= position < len(cells) and position not in found and bool(cells[position].source.strip())


def put(
    answer: NotebookNode, text: str, theirs: NotebookNode, cells: list[NotebookNode], found: dict[int, str]
) -> None:
    """Write an answer into its own cell, with the outputs and the pictures of the cell that it comes from.

    The untouched cell is replaced: a copy of ours is not a second answer. One with anything else in it becomes the
    student's own.
    """
    untouched = ("", plain(answer.source))
    there = [p for p, key in found.items() if key == answer.id]
    place = next((p for p in there if plain(cells[p].source) in untouched), None)
    mine = copy.deepcopy(theirs)
    mine.source, mine.cell_type = text, answer.cell_type
    if place is None:
        for other in there:
            found.pop(other)
        cells.append(mine)
        found[len(cells) - 1] = answer.id
    else:
        mine.metadata, mine.id = cells[place].metadata, cells[place].id
        cells[place] = mine


def moved(answer: NotebookNode, say: Say) -> None:
    say("beside", answer.id, f"The answer of {answer.id} was in a cell of its own; it was put in its place.")


def added(text: str, given: str) -> str:
    """What somebody has typed above and below a given text; "" where the given text is not whole."""
    above, same, below = plain(text).partition(plain(given))
    return "\n\n".join(part.strip("\n") for part in (above, below) if part.strip()) if same else ""


def in_its_own(
    answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], _: NotebookNode, say: Say, code: Reader
) -> None:
    """An answer in a cell of the student's own: by its names, else the next cell below the empty one."""
    names = code.defined(answer.source)
    chosen, text = None, ""
    if names:
        fits = [i for i, c in enumerate(cells) if free(i, cells, found) and names <= code.defined(c.source)]
        # Code that has become text (a Markdown cell, the comments of a script) is code when it parses; what is shown
        # among words is taken only where there is nothing else.
        whole = [i for i in fits if cells[i].cell_type == "code" or code.parses(cells[i].source)]
        among = [i for i in fits if not whole and names <= code.defined(_code_of(cells[i], code))]
        chosen = next(reversed(whole or among), None)
        text = "" if chosen is None else cells[chosen].source if whole else _code_of(cells[chosen], code)
        if chosen is None and (chosen := _partly(names, cells, found, code)) is not None:  # the rest is as released
            text = f"{answer.source}\n{cells[chosen].source}"
            moved(answer, say)
            put(answer, text, cells[chosen], cells, found)
            cells[chosen].source = ""
            return
    elif meaning(answer):
        places = [p for p, key in found.items() if key == answer.id]
        after = places[-1] + 1 if places else None
        if after is not None and free(after, cells, found) and cells[after].cell_type == answer.cell_type:
            chosen, text = after, cells[after].source
    if chosen is not None:
        put(answer, text, cells[chosen], cells, found)
        if plain(LONE.sub("", cells[chosen].source)) == plain(LONE.sub("", text)):
            cells[chosen].source = ""  # words around the code stay where they are
        moved(answer, say)


def _partly(names: set, cells: list[NotebookNode], found: dict[int, str], code: Reader) -> int | None:
    """The last cell of the student's own that gives some of the names that an answer is asked for."""
    fits = [i for i, c in enumerate(cells) if free(i, cells, found) and names & code.defined(c.source)]
    return next((i for i in reversed(fits) if code.parses(cells[i].source)), None)


def rest(
    answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], _: NotebookNode, say: Say, code: Reader
) -> None:
    """Name a text that shows code for what an answer lacks of the names that are asked for."""
    there = {name for c in cells if c.cell_type == "code" for name in code.defined(c.source)}
    lacks = code.defined(answer.source) - there
    texts = [c.source for i, c in enumerate(cells) if free(i, cells, found) and c.cell_type != "code"] if lacks else []
    if any(lacks & code.defined(code.bare(text)) for text in texts):
        named = ", ".join(sorted(lacks))
        say("shown", answer.id, f"{answer.id} lacks {named}, and a text of the student's own shows code for it.")


def _code_of(cell: NotebookNode, code: Reader) -> str:
    """The code that a text shows, if it is whole."""
    text = code.bare(cell.source)
    return text if code.parses(text) else ""


def elsewhere(
    answer: NotebookNode,
    cells: list[NotebookNode],
    found: dict[int, str],
    skeleton: NotebookNode,
    say: Say,
    code: Reader,
) -> None:
    """An answer that was typed into another answer's or a locked cell: that text counts in both places.

    Of a locked cell only what was added counts: the released code is not the student's. Where words show the code,
    nobody can tell whether it is the answer: it stays, and a human looks.
    """
    released = {c.id: c for c in skeleton.cells}
    names, shown = code.defined(answer.source), ""
    for position, cell in enumerate(cells):
        key = found.get(position)
        changed = key is not None and plain(cell.source) not in ("", plain(released[key].source))
        own = key is not None and names <= code.defined(released[key].source)  # a helper that defines the name anyway
        program = cell.cell_type == "code" or code.parses(cell.source)
        if key is None and names and free(position, cells, found) and names <= code.defined(cell.source):
            shown = shown or "a cell of the student's own"
        if key is None or not (names and changed and not own and names <= code.defined(cell.source)):
            continue
        shown = shown or key
        if program:
            answers = is_answer(released[key])
            text = cell.source if answers else _typed(cell.source, released[key].source, code)
            put(answer, text if names <= code.defined(text) else cell.source, cell, cells, found)
            say("merged", answer.id, f"The answer of {answer.id} was in the cell {key}; it counts here, too.")
            return
    if shown:
        say("shown", answer.id, f"{answer.id} is not answered, and the text of {shown} shows code for it.")


def _typed(text: str, given: str, code: Reader) -> str:
    """What a given cell's code has more than as it was released; where that is not whole, by statements."""
    if (more := added(text, given)) or not (code.parses(text) and code.parses(given)):
        return more
    known = {ast.dump(one) for one in whole_tree(given).body}
    tree = whole_tree(text).body
    return "\n\n".join(_segment(text, one) for one in tree if ast.dump(one) not in known)


def _segment(text: str, one: ast.stmt) -> str:
    first = min([one.lineno, *(d.lineno for d in getattr(one, "decorator_list", []))])
    return "\n".join(text.split("\n")[first - 1 : one.end_lineno])
