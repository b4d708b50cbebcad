"""Several submissions of one student: the last one in time counts, and the others are kept.

Which came first must be known: by the system's attempt numbers, or by times that differ by more than a minute. (Files
that were copied into a folder have all the same time.) If it is not known, all of them wait for a human. An attempt
without a single answer does not compete with one that has answers. If none is in time, the least late of those with
the most answers counts. What staff have decided before holds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from coursework.intake.found import Found

APART = timedelta(minutes=1)
FEW = 0.5  # of an earlier attempt's answers: with fewer the last one may be the wrong file, or cut off


@dataclass(frozen=True)
class Attempt:
    """One file of a student.

    `rank` is higher for a notebook than for a script or a page, `number` the system's own; `late` is the system's word
    where its download has no times (then `when` orders nothing), `decided` the staff's: True counts, False does not.
    """

    found: Found
    when: datetime
    rank: int = 3
    number: int = 0
    clock: bool = True
    late: bool = False
    decided: bool | None = None

    def in_time(self, due: datetime | None) -> bool:
        return due is None or (self.when <= due if self.clock else not self.late)


@dataclass(frozen=True)
class Choice:
    """`chosen` is None when nobody can tell which came last; `why` is what is to be said of the choice."""

    chosen: Attempt | None
    others: list[Attempt]
    why: str = ""
    review: bool = False


def choose(
    attempts: Sequence[Attempt], due: datetime | None, answers: Callable[[Attempt], int] | None = None
) -> Choice:
    """Which of a student's attempts counts, each content once.

    Args:
        attempts: at least one.
        due: the student's own deadline.
        answers: how many answers an attempt has; asked only when there are several.
    """
    best = max(a.rank for a in attempts)
    first: dict[str, Attempt] = {}
    for attempt in sorted(attempts, key=lambda a: (a.when, str(a.found.path))):
        if attempt.rank == best:
            first.setdefault(attempt.found.digest, attempt)  # the same file again is no later attempt
    distinct = list(first.values())
    if len(distinct) == 1:
        return Choice(distinct[0], [a for a in attempts if a.rank < best])
    count = {id(a): answers(a) if answers else 1 for a in distinct}
    full = [a for a in distinct if count[id(a)] > 0] or distinct
    allowed = [a for a in full if a.decided is not False] or full
    if len(full) < len(distinct) and len(allowed) == 1:
        ordered: list[Attempt] | None = allowed
    else:
        named = [a for a in allowed if a.decided]
        new = [a for a in allowed if a.decided is None]
        ordered = named if len(named) == 1 and not new else _order(allowed)
    if ordered is None:
        return Choice(None, list(attempts))
    in_time = [a for a in ordered if a.in_time(due)]
    if in_time:
        chosen = in_time[-1]
    else:
        most = max(count[id(a)] for a in ordered)
        chosen = next(a for a in ordered if count[id(a)] == most)
    others = [a for a in attempts if a is not chosen and a.found.digest != chosen.found.digest]
    whole = _order(distinct)
    empty = (
        len(full) < len(distinct) and (whole is None or whole[-1] is not chosen) and chosen is (in_time or ordered)[-1]
    )
    if empty:
        why = "an attempt without any answer does not count; this one has answers"
    elif not in_time and len(ordered) > 1:
        why = "no attempt is in time; the least late of the fullest counts"
    elif len(allowed) < len(full) or chosen.decided:
        why = "this one counts by an earlier decision"
    elif in_time and (most := max(count[id(a)] for a in in_time)) * FEW >= count[id(chosen)]:
        fuller = next(a for a in in_time if count[id(a)] == most)
        why = (
            f"it is the last one, with {count[id(chosen)]} answers; {fuller.found.path.name} before it has {most}: "
            "look at both"
        )
        empty = True
    else:
        why = ""
    return Choice(chosen, others, why, review=empty)


def _order(attempts: list[Attempt]) -> list[Attempt] | None:
    """From the first to the last; None when it cannot be told."""
    if len(attempts) == 1:
        return attempts
    numbers = [a.number for a in attempts]
    if len(set(numbers)) == len(numbers):
        return sorted(attempts, key=lambda a: a.number)
    if all(a.clock for a in attempts) and all(b.when - a.when >= APART for a, b in pairwise(attempts)):
        return attempts
    return None
