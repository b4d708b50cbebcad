"""Several submissions of one student: the last one before the deadline counts, and the others are kept.

Which came first must be known: by the system's attempt numbers, or by times that differ by more than a minute. (Files
that were copied into a folder have all the same time.) If it is not known, all of them wait for a human.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from pathlib import PurePosixPath

APART = timedelta(minutes=1)


@dataclass(frozen=True)
class Attempt:
    """One file of a student; `rank` is higher for a notebook than for a script or a page, `number` the system's own."""

    path: PurePosixPath
    payload: bytes
    when: datetime
    rank: int = 3
    number: int = 0

    @property
    def digest(self) -> str:
        return sha256(self.payload).hexdigest()


def choose(attempts: Sequence[Attempt], due: datetime | None) -> tuple[Attempt | None, list[Attempt]]:
    """(the one that counts, the others), each content once; (None, all) when nobody can tell which came last."""
    best = max(a.rank for a in attempts)
    first: dict[str, Attempt] = {}
    for attempt in sorted(attempts, key=lambda a: (a.when, str(a.path))):
        if attempt.rank == best:
            first.setdefault(attempt.digest, attempt)  # the same file again is no later attempt
    distinct = list(first.values())
    others = [a for a in attempts if a.rank < best]
    if len(distinct) == 1:
        return distinct[0], others
    numbers = [a.number for a in distinct]
    if len(set(numbers)) == len(numbers):
        ordered = sorted(distinct, key=lambda a: a.number)
    elif all(b.when - a.when >= APART for a, b in pairwise(distinct)):
        ordered = distinct
    else:
        return None, list(attempts)
    in_time = [a for a in ordered if due is None or a.when <= due]
    chosen = (in_time or ordered)[-1]
    return chosen, [*(a for a in ordered if a is not chosen), *others]
