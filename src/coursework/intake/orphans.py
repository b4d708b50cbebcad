"""Files that are not submissions, or cannot be read: whoever submitted one is named, with what to ask for."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from coursework.core.course import Course
from coursework.core.naming import BadName
from coursework.core.roster import Roster
from coursework.intake.assignments import by_name
from coursework.intake.found import Identity
from coursework.intake.identify import identify_all
from coursework.intake.origins import About, origin
from coursework.intake.report import Report

Orphan = tuple[PurePosixPath, str, str]  # (file, what it is or why it cannot be read, what to do)
NO_ASSIGNMENT = "a notebook that holds no assignment's cells and is not called after one", "ask for the right notebook"


@dataclass(frozen=True)
class Inbox:
    """What is known of an inbox: `about` are the systems' own files, `groups` the names of groups in it.

    `meant` says which assignment each download in it is of.
    """

    course: Course
    people: Roster | None
    about: About
    groups: frozenset[str]
    meant: dict[PurePosixPath, str] = field(default_factory=dict)

    def whose(self, path: PurePosixPath, guess: str) -> tuple[list[Identity], str, str]:
        """(who they are, of which assignment, else whom the system names) of a file that is not a submission."""
        place, known = origin(path, self.about), self.course.assignments
        names = [t for t in (place.said, *(p.name or p.email or p.number for p in place.others)) if t]
        whose = f"{', '.join(names)}, by {place.system}," if names and place.system else ""
        guess = (self.meant.get(place.download, "") if place.download is not None else "") or guess
        assignment = by_name(path, known) or guess
        try:
            found = identify_all(place, assignment or known[0], known, self.people, path, self.groups)[0]
        except BadName:
            return [], assignment, whose
        return found, assignment, ", ".join(map(_shown, found))


def name_all(
    orphans: list[Orphan], inbox: Inbox, taken: Collection[tuple[str, str]], only: str, report: Report
) -> None:
    """Name everybody in the report, and let wait who has no submission among the `taken` (student, assignment)."""
    meant = {assignment for _, assignment in taken} | ({only} if only else set())
    meant |= {named for path, *_ in orphans if (named := by_name(path, inbox.course.assignments))}
    meant = meant or set(inbox.course.assignments)
    guess = only or (next(iter(meant)) if len(meant) == 1 else "")
    for path, what, ask in orphans:
        everybody, assignment, whose = inbox.whose(path, guess)
        for who in everybody if assignment else ():
            if only and assignment != only:
                continue
            report.refused.append((str(path), _asked(_shown(who), what, ask)))
            if (who.student, assignment) not in taken:
                report.wait(assignment, who.student, str(path), f"submitted {what}" if ask else what)
        if whose and not (everybody and assignment):
            unknown = "" if assignment else "; which assignment it was, nothing says"
            report.refused.append((str(path), _asked(whose, what, ask) + unknown))
        elif not everybody:
            report.refused.append((str(path), f"no submission that it belongs to ({what})" if ask else what))


def _shown(who: Identity) -> str:
    return f"{who.student} ({who.first} {who.last})" if who.last or who.first else who.student


def _asked(who: str, what: str, ask: str) -> str:
    """A line about somebody's file that is not a notebook, or could not be read."""
    if not ask:
        return f"{what}; {who}: ask for it again"
    return f"{who} submitted {what}{'' if 'notebook' in what else ', not a notebook'}: {ask}"
