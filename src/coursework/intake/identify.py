"""Which student and which assignment a file is: by its place in the download, its name, itself, and the roster.

Each way of finding out either names exactly one student or nobody; nothing is guessed. A near match is proposed to the
instructor, who confirms it with `--match FILE=ID`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from coursework.core.naming import BadName, parse_hand_in_name, student_id
from coursework.core.roster import SAFE_ID, Roster, Student, fold, tokens
from coursework.intake.origins import Origin


@dataclass
class Identity:
    """`how` says by what the student was found; `odd` lists what had to be overlooked."""

    student: str
    assignment: str
    how: str
    last: str = ""
    first: str = ""
    odd: list[str] = field(default_factory=list)
    doubt: bool = False  # the system and the file name speak of different people


def assignment_of(path: PurePosixPath, own: str | None, guess: Callable[[], str | None], known: Sequence[str]) -> str:
    """The notebook's own id beats its name; then the name, a folder's name, its content (`guess`). Raises BadName."""
    if own in known:
        return str(own)
    for part in (path.stem, *reversed(path.parts[:-1])):
        if found := _mentioned(part, known):
            return found
    if found := guess():
        return found
    raise BadName(f"{path.name} does not say which assignment it is: it should be Last_First_{known[0]}.ipynb")


def named(path: PurePosixPath, known: Sequence[str]) -> bool:
    """Whether the name of a zip, by the naming rule, says that it is one student's."""
    try:
        parse_hand_in_name(f"{path.stem}.ipynb", list(known))
    except BadName:
        return False
    return True


def _mentioned(text: str, known: Sequence[str]) -> str | None:
    """The assignment whose id, or whose number ("hw1", "homework 1"), stands in `text`; None for none or several."""
    exact = [a for a in known if fold(a) in fold(text)]
    if exact:
        return exact[0] if len(exact) == 1 else None
    numbers = {m for m in re.findall(r"(?:hw|homework|assignment|ex|sheet)[\s_-]*0*(\d+)(?!\d)", text.casefold())}
    short = [a for a in known if re.search(r"\d+", a) and re.search(r"\d+", a)[0] in numbers]  # type: ignore[index]
    return short[0] if len(short) == 1 else None


def strip_assignment(stem: str, assignment: str) -> str:
    """`stem` without the assignment's id, in whatever spelling, and without what copies add; words by blanks."""
    loose = r"[\W_]*".join(re.findall(r"[^\W\d_]+|\d+", assignment))
    plain = re.sub(rf"(?<![^\W_]){loose}(?![^\W_])", " ", stem, flags=re.I)
    plain = re.sub(r"(?i)(?<![a-z])(hw|homework|assignment|ex|sheet)[\s_-]*\d+(?!\d)", " ", plain)
    plain = re.sub(
        r"(?i)(copy of|kopie von|copie de|copia de|\(\d+\)|\bcopy\d*\b|\bfinal\b|\bsubmission\b)", " ", plain
    )
    plain = re.sub(r"(?i)\.(ipynb|json|txt|py|html?)\b", " ", plain)
    return " ".join(re.split(r"[\s_,–-]+", plain.strip(" _-,.{}"))).strip()


def identify(place: Origin, assignment: str, known: Sequence[str], roster: Roster | None) -> Identity:
    """Raises BadName, one line with near matches if there are some, when it is nobody that can be told."""
    odd: list[str] = []
    strict = None
    try:
        strict = parse_hand_in_name(re.sub(r"(\.\w+)+$", "", place.file_name) + ".ipynb", list(known))
        odd += [f"file name: {o}" for o in strict.odd]
        endings = re.search(r"(\.(ipynb|json|txt|py|html?))*$", place.file_name, re.I)
        if endings and endings[0] != ".ipynb":
            odd.append(f"file name: the ending {endings[0]}")
        if strict.assignment != assignment:
            odd.append(f"the name says {strict.assignment}, the notebook is {assignment}")
    except BadName as error:
        reason = str(error)
    words = strip_assignment(re.sub(r"(\.\w+)+$", "", place.file_name), assignment)
    if place.late:
        odd.append(f"{place.system} marks it as late")
    if roster is not None:
        return _in_roster(place, strict, words, assignment, roster, odd)
    if strict is not None:
        found = Identity(student_id(strict.last, strict.first), assignment, "file name", strict.last, strict.first, odd)
        if place.person and tokens(place.person) != tokens(f"{strict.last} {strict.first}"):
            found.odd.append(f"{place.system} says {place.person}")
            found.doubt = not tokens(place.person) & tokens(f"{strict.last} {strict.first}")
        return found
    person = place.person if len(place.person.split()) > 1 else ""
    parts = (person or words).split()
    if len(parts) < 2 or not all(_is_name(part) for part in parts) or (not person and len(parts) > 2):
        raise BadName(reason)
    # Systems write "Jane Doe"; the naming rule puts the family name first.
    last, first = (parts[-1], " ".join(parts[:-1])) if person else (parts[0], parts[1])
    if not SAFE_ID.match(student_id(last, first)):  # a system lets people call themselves anything
        raise BadName(f"{place.file_name}: {first} {last} is no name for a folder")
    how = f"name in {place.system}" if person else "words of the file name"
    odd.append(f"file name: {place.file_name} breaks the rule; read as {first} {last}")
    return Identity(student_id(last, first), assignment, how, last, first, odd)


def _is_name(word: str) -> bool:
    return any(c.isalpha() for c in word) and not any(c.isdigit() for c in word)


def _in_roster(place: Origin, strict, words: str, assignment: str, roster: Roster, odd: list[str]) -> Identity:  # type: ignore[no-untyped-def]
    ways: list[tuple[str, Student | None]] = [
        (f"e-mail in {place.system}", roster.by_email(place.email)),
        (f"number in {place.system}", roster.by_number(place.number)),
        (f"name in {place.system}", roster.by_words(place.person) or roster.by_squeezed(place.squeezed)),
        ("file name", roster.by_name(strict.last, strict.first) if strict else None),
        ("words of the file name", roster.by_words(words)),
    ]
    found = [(how, student) for how, student in ways if student is not None]
    if not found:
        said = place.person or (f"{strict.first} {strict.last}" if strict else words) or place.squeezed
        near = roster.near(said)
        hint = f"; near: {', '.join(f'{s.id} ({s.name})' for s in near)}; say --match FILE=ID" if near else ""
        raise BadName(f"{place.file_name}: nobody in the roster is {said or 'named in it'}{hint}")
    how, student = found[0]
    others = {s.id: s.name for _, s in found if s.id != student.id}
    if others:
        odd.append(f"its name says {', '.join(others.values())}, but {how} says {student.name}")
    if strict is None and how == "words of the file name":
        odd.append(f"file name: {place.file_name} breaks the rule; read as {student.name}")
    return Identity(student.id, assignment, how, student.last, student.first, odd)
