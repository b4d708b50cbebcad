"""Which cells of the student's own make an answer: those that give what is asked for, with what they need of others.

It is a backward slice (Weiser, "Program slicing", ICSE 1981) over whole cells: from the last cell that gives a name, to
those that give or change what it reads. It keeps their order, so together they do what they did one after another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from coursework.sandbox.uses import Uses

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Own:
    """A cell of the student's own: what it has to do with names, and those of them that it `gives` as an answer."""

    uses: Uses
    gives: frozenset[str]

    def touches(self, names: frozenset[str]) -> bool:
        """Whether it gives, or changes, one of these names that are asked for."""
        return bool((self.gives | self.uses.changes) & names)


@dataclass(frozen=True)
class Steps:
    """Positions of the cells that make an answer, in order, and of earlier attempts at it, which nothing needs."""

    parts: list[int]
    attempts: list[int]


def steps(asked: frozenset[str], own: Mapping[int, Own], place: int | None, given: Mapping[int, Uses]) -> Steps:
    """The cells that make an answer, of which one at least gives a part.

    Args:
        asked: The names that the answer's stub leaves open.
        own: Position → a cell of the student's own in code.
        place: The position of the answer's cell, None if it is gone.
        given: Position → another cell: an answer, or one of the release.

    Returns:
        No parts where a cell that would come to an earlier place reads, as it runs, what only comes below that.
    """
    start = -1 if place is None else place  # what is above it has run by then
    above = NOTHING.union(*(u.binds for i, u in given.items() if place is None or i < place))
    above |= NOTHING.union(*(cell.uses.binds for i, cell in own.items() if i < start))
    taken, needed = _slice(asked, own, place, given)
    attempts = [i for i in own if start < i < max(taken) and i not in taken and own[i].gives]
    run = {i for i in own if not any(min(taken) < other < i or i < other < max(taken) for other in given)}
    run -= {*attempts, *(i for i, cell in own.items() if not cell.uses.acts)}
    while more := _more(set(taken), run, own, place, needed, above, asked):
        taken += more
        needed |= NOTHING.union(*(own[i].uses.reads or NOTHING for i in more)) - asked
    made = NOTHING.union(*(own[i].uses.binds for i in taken))
    later = NOTHING.union(*(u.binds for i, u in given.items() if place is not None and i > place)) - above - made
    if any(own[i].uses.first & later for i in taken if place is not None and i > place):
        return Steps([], [])
    return Steps(sorted(taken), attempts)


def _slice(
    asked: frozenset[str], own: Mapping[int, Own], place: int | None, given: Mapping[int, Uses]
) -> tuple[list[int], frozenset[str]]:
    """(positions, from the last one up; the names that they read)."""
    last = max(i for i, cell in own.items() if cell.gives)
    read_by = {i: cell.uses.reads or NOTHING for i, cell in own.items()} | {
        i: u.reads or NOTHING for i, u in given.items()
    }
    taken: list[int] = []
    live, needed = asked, NOTHING
    for i in sorted(own, reverse=True):
        cell = own[i]
        below = place is not None and i > place
        if i > last and any(last < other < i for other in given):  # it uses the answer somewhere below
            continue
        # Of an earlier attempt all that counts is what others read.
        others = NOTHING.union(*(reads for other, reads in read_by.items() if other != i)) - asked
        helps = below and (cell.uses.binds | cell.uses.changes) & (needed | (others if cell.gives else NOTHING))
        if cell.touches(live) or helps:
            taken.append(i)
            # What is given anew makes earlier cells needless, unless they are read for it.
            live = (live - cell.gives) | (read_by[i] & asked)
            needed |= read_by[i] - asked
    return taken, needed


def _more(
    taken: set[int],
    run: set[int],
    own: Mapping[int, Own],
    place: int | None,
    needed: frozenset[str],
    above: frozenset[str],
    asked: frozenset[str],
) -> list[int]:
    """What a walk from the end does not see: a helper below the function that calls it; and, in a `run` of cells with
    none of the release between them, what may change, by whatever name, what others of them make."""
    made = NOTHING.union(*(own[i].uses.binds for i in taken))
    late = needed - above - made if place is not None else NOTHING
    inner = [(i, own[i].uses) for i in run if min(taken) < i < max(taken)]
    between = [i for i, uses in inner if (uses.reads or NOTHING) & made or uses.binds & needed]
    below = [i for i in own if place is not None and i > place and own[i].uses.binds & late]
    return sorted({*between, *(i for i in below if not own[i].touches(asked))} - taken)


def moving(parts: list[int], asked: frozenset[str], own: Mapping[int, Own]) -> list[int]:
    """Those of the parts that would spoil the answer if they ran again: they give it, or read or change what these
    make."""
    theirs = {i for i in parts if own[i].touches(asked)}
    while True:
        made = NOTHING.union(*(own[i].uses.binds for i in theirs))
        more = {i for i in parts if (own[i].uses.changes | (own[i].uses.reads or NOTHING)) & made} - theirs
        if not more:
            return sorted(theirs)
        theirs |= more
