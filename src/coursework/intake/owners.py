"""Whose a file is, where an inbox says it more than once."""

import re

from nbformat.notebooknode import NotebookNode

from coursework.core.course import StaffError
from coursework.core.names import fold
from coursework.core.naming import BadName, parse_hand_in_name
from coursework.core.roster import SAFE_ID, Roster
from coursework.intake.attachments import Pending

SAID, BEFORE = "said by you", "decided before"
# As the last question asks for it.
INSIDE = re.compile(r"^FILE_NAME\s*=\s*[rRuU]?([\"'])(.{1,300}?)\1\s*(?:#.*)?$", re.M)


def people_of(several: list[Pending]) -> list[str]:
    """Whom the system takes the files of one student for; several only where it tells them apart."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for p in several:
        kind, mark = next(
            ((k, getattr(p.place, k)) for k in ("number", "email", "person") if getattr(p.place, k)), ("", "")
        )
        if (
            mark
            and p.who.how not in (SAID, BEFORE)
            and not p.who.how.startswith(("number in", "e-mail in", "group in"))
        ):
            said = " ".join(dict.fromkeys(t for t in (p.place.person or p.place.squeezed, mark) if t))
            found.setdefault((p.place.system, kind), {}).setdefault(fold(mark), said)
    return max((list(marks.values()) for marks in found.values()), key=len, default=[])


def ids_of(name: str, ids: str, people: Roster | None) -> list[str]:
    """The ids that `--match NAME=IDS` says. Raises StaffError where one is nobody, or no name of a folder."""
    whole = people is not None and ids in people.by_id
    found = [ids] if whole else [i.strip() for i in ids.split(",") if i.strip()]
    for student in found:
        if people is not None and student not in people.by_id:
            raise StaffError(
                f"--match {name}={student}: the roster has no id {student}; if they came late to the course, "
                "add a row with this id to the roster first"
            )
        if not SAFE_ID.match(student):
            raise StaffError(f"--match {name}={student}: {student!r} cannot be the name of a folder")
    return found


def signed_by_another(nb: NotebookNode, one: Pending, people: Roster | None) -> str:
    """A line where a notebook calls itself, in its last cells, by the name of somebody else of the roster; else "".

    Whose the submission is does not depend on it: the file may be a friend's, or its last cell copied from one.
    """
    said = [m[2] for cell in nb.cells if cell.cell_type == "code" for m in INSIDE.finditer(cell.source)]
    if people is None or not said:
        return ""
    try:
        name = parse_hand_in_name(said[-1], [one.who.assignment])
    except BadName:
        return ""
    other = people.by_name(name.last, name.first)
    if other is None or other.id in (one.who.student, *one.group):
        return ""
    return f"the name in its last cell is that of {other.name}"
