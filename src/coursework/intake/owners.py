"""Whose a file is, where an inbox says it more than once."""

from coursework.core.roster import fold
from coursework.intake.attachments import Pending

SAID, BEFORE = "said by you", "decided before"


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
