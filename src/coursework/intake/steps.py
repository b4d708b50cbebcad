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


def steps(asked: frozenset[str], own: Mapping[int, Own], place: int | None, given: Mapping[int, Uses]) -> list[int]:
    """The cells that make an answer, of which one at least gives a part.

    Args:
        asked: The names that the answer's stub leaves open.
        own: Position → a cell of the student's own in code.
        place: The position of the answer's cell, None if it is gone.
        given: Position → another cell: an answer, or one of the release.

    Returns:
        Positions, in order; none where a cell that would come to an earlier place reads, as it runs, what only comes
        below that.
    """
    wanted = asked & NOTHING.union(*(cell.gives for cell in own.values()))
    above = NOTHING.union(*(u.binds for i, u in given.items() if place is None or i < place))
    above |= NOTHING.union(*(cell.uses.binds for i, cell in own.items() if place is not None and i < place))
    last = max((i for i, cell in own.items() if cell.gives), default=-1)
    taken: list[int] = []
    live, needed = wanted, NOTHING
    for i in sorted(own, reverse=True):
        cell = own[i]
        below = place is not None and i > place
        if i > last and any(last < other < i for other in given):  # it uses the answer somewhere below
            continue
        if cell.touches(live) or (below and (cell.uses.binds | cell.uses.changes) & needed):
            taken.append(i)
            read = cell.uses.reads or NOTHING
            # What is given anew makes earlier cells needless, unless it reads them; below, they would come after it.
            live = live if below else (live - cell.gives) | (read & wanted)
            needed |= read - asked
    while more := _more(taken, own, place, needed, above, asked):
        taken += more
        needed |= NOTHING.union(*(own[i].uses.reads or NOTHING for i in more)) - asked
    made = NOTHING.union(*(own[i].uses.binds for i in taken))
    later = NOTHING.union(*(u.binds for i, u in given.items() if place is not None and i > place)) - above - made
    if any(own[i].uses.first & later for i in taken if place is not None and i > place):
        return []
    return sorted(taken)


def _more(
    taken: list[int],
    own: Mapping[int, Own],
    place: int | None,
    needed: frozenset[str],
    above: frozenset[str],
    asked: frozenset[str],
) -> list[int]:
    """What a walk from the end does not see: a helper below the function that calls it, and a cell between two that
    changes what one of them makes (`loss.backward()`)."""
    made = NOTHING.union(*(own[i].uses.binds for i in taken))
    late = needed - above - made if place is not None else NOTHING
    between = [i for i in own if min(taken) < i < max(taken) and own[i].uses.changes & made]
    below = [i for i in own if place is not None and i > place and own[i].uses.binds & late]
    return sorted({*between, *(i for i in below if not own[i].touches(asked))} - set(taken))


def moving(parts: list[int], asked: frozenset[str], own: Mapping[int, Own]) -> list[int]:
    """Those of the parts that would spoil the answer if they ran again: they give it, or change what these make."""
    theirs = {i for i in parts if own[i].touches(asked)}
    made = NOTHING.union(*(own[i].uses.binds for i in theirs))
    return [i for i in parts if i in theirs or own[i].uses.changes & made]
