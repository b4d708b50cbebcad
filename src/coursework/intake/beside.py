"""Answers in code that are in a cell other than their own, and how an answer comes into its cell."""

import ast
import copy
from collections.abc import Callable

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import is_answer
from coursework.intake.code import Reader, asks_for, meaning, plain
from coursework.intake.legible import LONE, TIMED
from coursework.intake.steps import Own, moving, steps
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
    """An answer in cells of the student's own: by its names, else the next cell below the empty one."""
    places = [p for p, key in found.items() if key == answer.id]
    if code.defined(answer.source):
        _by_names(answer, places, cells, found, say, code)
        return
    below = places[-1] + 1 if places and meaning(answer) else -1
    if free(below, cells, found) and cells[below].cell_type == answer.cell_type:
        put(answer, cells[below].source, cells[below], cells, found)
        cells[below].source = ""
        moved(answer, say)


def _by_names(
    answer: NotebookNode,
    places: list[int],
    cells: list[NotebookNode],
    found: dict[int, str],
    say: Say,
    code: Reader,
) -> None:
    """The last cells that give what is asked for, with what they need; the rest is as released. Where nothing gives a
    part of it, the last text that shows all of it among words."""
    asked = frozenset(asks_for(answer.source))
    free_ones = [i for i in range(len(cells)) if asked and free(i, cells, found)]
    # Code that has become text (a Markdown cell, the comments of a script) is code when it parses.
    programs = [i for i in free_ones if cells[i].cell_type == "code" or code.parses(cells[i].source)]
    sure = {i: code.gives(cells[i].source, answer.source) for i in programs}
    # A cell that has failed is no step where another one gives the same.
    worked = {name for i, names in sure.items() if not _failed(cells[i]) for name in names}
    sure = {i: names for i, names in sure.items() if not (_failed(cells[i]) and names.keys() <= worked)}
    known = {name for names in sure.values() for name, certain in names.items() if certain}
    given = {i: {n for n, certain in names.items() if certain or n not in known} for i, names in sure.items()}
    if not any(given.values()):
        for position in reversed(free_ones):
            if (text := _code_of(cells[position], code)) and asked == code.gives(text, answer.source).keys():
                put(answer, text, cells[position], cells, found)  # the words around it stay where they are
                if plain(LONE.sub("", cells[position].source)) == plain(LONE.sub("", text)):
                    cells[position].source = ""
                return moved(answer, say)
        return None
    place = max(places, default=None)
    own = {i: Own(code.uses(cells[i].source), frozenset(given[i])) for i in sure}
    others = {i: code.uses(cells[i].source) for i in found if cells[i].cell_type == "code" and i != place}
    way = steps(asked, own, place, others)
    if parts := way.parts:
        stub = answer.source if frozenset().union(*(own[i].gives for i in parts)) < asked else ""
        _put_together(answer, stub, parts, moving(parts, asked, own), place, cells, found, code)
        moved(answer, say)
        for i in way.attempts:  # below the answer it would take its place
            cells[i].cell_type, cells[i].source = "markdown", f"```python\n{cells[i].source}\n```"
            say("beside", answer.id, f"An earlier attempt at {answer.id} is kept as text, and does not run.")
    return None


def _failed(cell: NotebookNode) -> bool:
    return any(output.get("output_type") == "error" for output in cell.get("outputs", []))


def _put_together(
    answer: NotebookNode,
    stub: str,
    parts: list[int],
    theirs: list[int],
    place: int | None,
    cells: list[NotebookNode],
    found: dict[int, str],
    code: Reader,
) -> None:
    """Write the cells that make an answer into its own. Those of them that only help stay where they are, too; so does
    one from above where something on the way needs it."""
    text = _joined(stub, parts, cells)
    if len(parts) > len(theirs) and not code.parses(text):
        text = _joined(stub, theirs, cells)
    mine = copy.deepcopy(cells[theirs[-1]])
    if theirs[1:]:
        mine.outputs = [output for i in theirs for output in cells[i].get("outputs", [])]
    put(answer, text, mine, cells, found)
    for part in theirs:
        end = len(cells) if place is None else place
        between = [i for i in range(part + 1, end) if cells[i].cell_type == "code" and i not in theirs]
        binds = code.uses(cells[part].source).binds
        if not any(uses.reads is None or uses.reads & binds for uses in (code.uses(cells[i].source) for i in between)):
            cells[part].source = ""


def _joined(stub: str, parts: list[int], cells: list[NotebookNode]) -> str:
    """The stub, if any, and what is in these cells; a magic on top of one would be no Python among others."""
    texts = [cells[i].source for i in parts]
    if stub or texts[1:]:
        texts = [stub, *(TIMED.sub("", text).strip("\n") for text in texts)]
    return "\n\n".join(filter(None, texts))


def rest(
    answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], _: NotebookNode, say: Say, code: Reader
) -> None:
    """Name a text that shows code for what an answer lacks of the names that are asked for."""
    there = {name for c in cells if c.cell_type == "code" for name in code.defined(c.source)}
    lacks = asks_for(answer.source).keys() - there
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
    names, shown = set(asks_for(answer.source)), ""
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
        if program and names <= code.gives(cell.source, answer.source).keys():
            answers = is_answer(released[key])
            text = cell.source if answers else _typed(cell.source, released[key].source, code)
            put(answer, text if names <= code.gives(text, answer.source).keys() else cell.source, cell, cells, found)
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
