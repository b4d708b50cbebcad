"""Answers that stand elsewhere than in their cell: typed beside it, into another one, or torn into pieces.

Works on the hand-in's cells after they have been matched with the release, before the answers are carried over. An
answer is known by the names that its stub defines. What is put together here is said, and a human looks at it.
"""

import copy
from collections.abc import Callable

from nbformat.notebooknode import NotebookNode

from coursework.defined import defined, parses

Say = Callable[[str, str, str], None]  # what, cell, sentence


def plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def gather(cells: list[NotebookNode], found: dict[int, str], skeleton: NotebookNode, say: Say) -> None:
    """Change `cells` and `found` (position → id of the released cell) so that answers are where they belong."""
    answers = [c for c in skeleton.cells if c.metadata.get("nbgrader", {}).get("solution")]
    released = {c.id: plain(c.source) for c in skeleton.cells}
    for answer in answers:
        if answer.cell_type == "code":
            _join(answer, cells, found, say)
    for answer in answers:
        if not _answered(answer.id, cells, found, released):
            _beside(answer, cells, found, say)
    for answer in answers:
        if answer.cell_type == "code" and not _answered(answer.id, cells, found, released):
            _elsewhere(answer, cells, found, released, say)


def _answered(identity: str, cells: list[NotebookNode], found: dict[int, str], released: dict[str, str]) -> bool:
    texts = [plain(cells[p].source) for p, key in found.items() if key == identity]
    return any(text not in ("", released[identity]) for text in texts)


def _free(position: int, cells: list[NotebookNode], found: dict[int, str]) -> bool:
    return 0 <= position < len(cells) and position not in found and bool(cells[position].source.strip())


def _join(answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], say: Say) -> None:
    """A cell that was split inside a function: its pieces make sense together only."""
    for position in [p for p, key in found.items() if key == answer.id]:
        text, following = cells[position].source, position + 1
        while _free(following, cells, found) and cells[following].cell_type == "code":
            piece = cells[following].source
            together = next((t for t in (f"{text}\n{piece}", f"{text}\n\n{piece}") if parses(t)), None)
            torn = not parses(text) or not parses(piece)
            if not (torn and together and defined(answer.source) <= defined(together)):
                break
            text, cells[following].source = together, ""
            say("split", answer.id, f"The cell {answer.id} had been split; its pieces were put together.")
            following += 1
        cells[position].source = text


def _beside(answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], say: Say) -> None:
    """An answer in a cell of the student's own: by its names, else the next cell below the empty one."""
    names = defined(answer.source) if answer.cell_type == "code" else set()
    chosen = None
    if names:
        # Code that has become text (a Markdown cell, the comments of a script) is code when it parses.
        fits = [i for i, c in enumerate(cells) if _free(i, cells, found)]
        fits = [i for i in fits if cells[i].cell_type == "code" or parses(cells[i].source)]
        chosen = next((i for i in reversed(fits) if names <= defined(cells[i].source)), None)
    else:
        places = [p for p, key in found.items() if key == answer.id]
        after = places[-1] + 1 if places else None
        if after is not None and _free(after, cells, found) and cells[after].cell_type == answer.cell_type:
            chosen = after
    if chosen is not None:
        found[chosen] = answer.id
        say("beside", answer.id, f"The answer of {answer.id} stood in a cell of its own; it was put in its place.")


def _elsewhere(
    answer: NotebookNode, cells: list[NotebookNode], found: dict[int, str], released: dict[str, str], say: Say
) -> None:
    """An answer that was typed into another answer's or a locked cell: that text counts in both places."""
    names = defined(answer.source)
    for position, cell in enumerate(cells):
        key = found.get(position)
        changed = key is not None and plain(cell.source) not in ("", released[key])
        own = key is not None and names <= defined(released[key])  # a helper that defines the name anyway
        if names and changed and not own and cell.cell_type == "code" and names <= defined(cell.source):
            cells.append(copy.deepcopy(cell))
            found[len(cells) - 1] = answer.id
            say("merged", answer.id, f"The answer of {answer.id} stood in the cell {key}; it counts here, too.")
            return
