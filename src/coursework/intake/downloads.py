"""Which assignment a system's download is of: the one of most of its notebooks. The others in it are strays.

A learning system downloads one assignment at a time. So a link or a PDF, which says nothing of that itself, is of the
same assignment as the notebooks around it, also where somebody has uploaded a notebook of another one.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from coursework.intake.attachments import Pending

TIMES = 2  # so many times as many as all others together must be of one assignment


def assignments_of(pending: Iterable[Pending]) -> dict[PurePosixPath, str]:
    """Where a download is in the inbox → which assignment it is of, by the files that are somebody's submission.

    Not for piles of which nothing is most.
    """
    count: dict[PurePosixPath, dict[str, set[str]]] = {}
    for one in pending:
        if one.rank > 1 and (place := one.place.download) is not None:
            count.setdefault(place, {}).setdefault(one.who.assignment, set()).add(one.who.student)
    found = {}
    for place, people in count.items():
        most = max(people, key=lambda a: len(people[a]))
        if len(people[most]) >= TIMES * sum(len(p) for a, p in people.items() if a != most):
            found[place] = most
    return found


def name_strays(pending: Iterable[Pending], meant: dict[PurePosixPath, str]) -> set[str]:
    """Say of each file of another assignment than its download's what it is, for a human to look at.

    Args:
        pending: The files that are somebody's submission; what is said goes to whom they are by.
        meant: As `assignments_of` gives it.

    Returns:
        The assignments of strays alone: of these the class has not submitted yet.
    """
    strays, others = set(), set()
    for one in pending:
        most = meant.get(one.place.download) if one.place.download is not None else None
        if most is None or most == one.who.assignment:
            others.add(one.who.assignment)
            continue
        strays.add(one.who.assignment)
        one.who.odd.append(f"it is of {one.who.assignment}, in a download of {most}")
        one.who.doubt = True
    return strays - others
