"""Which students and which assignment a file is: by its place in the download, its name, itself, and the roster.

Each way of finding out either names exactly one student, or the members of a group, or nobody; nothing is guessed. Whom
the learning system names counts: where that is nobody of the roster, the file is not placed, whatever it is called. A
near match is proposed to the instructor, who confirms it with `--match FILE=ID`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from coursework.core.names import fold, said, tokens
from coursework.core.naming import BadName, HandInName, parse_hand_in_name
from coursework.core.roster import Roster
from coursework.core.students import Student
from coursework.intake.assignments import beside, strip_assignment
from coursework.intake.copies import ENDING, bare
from coursework.intake.found import Identity
from coursework.intake.systems import Origin, Person
from coursework.intake.unlisted import without_roster

# How a file's name that breaks the rule says whose it is.
WORDS, MARK = "words of the file name", "the id, number or e-mail address in the file name"
NO_GROUP = {  # what Moodle writes for people without a group
    fold(name)
    for name in ("Default group", "Standardgruppe", "Groupe par défaut", "Grupo por defecto", "Gruppo predefinito",
                 "Grupo padrão", "Standaardgroep", "Grupa domyślna", "Группа по умолчанию")
}  # fmt: skip


def named(path: PurePosixPath, known: Sequence[str]) -> bool:
    """Whether the name of an archive, by the naming rule, says that it is one student's."""
    return _strict(path.name, known)[0] is not None


def _strict(file_name: str, known: Sequence[str]) -> tuple[HandInName | None, str, list[str]]:
    """(what a name says by the naming rule, else why not, what copying had added to it)."""
    stem, odd = bare(file_name, list(known))
    try:
        return parse_hand_in_name(f"{stem}.ipynb", list(known)), "", odd
    except BadName as error:
        return None, str(error).replace(f"{stem}.ipynb", file_name), odd


def identify_all(
    place: Origin,
    assignment: str,
    known: Sequence[str],
    roster: Roster | None,
    path: PurePosixPath | None = None,
    groups: frozenset[str] = frozenset(),
) -> tuple[list[Identity], list[str]]:
    """(everybody whose submission it is, a line for each of a group who cannot be told).

    Args:
        place: what the systems say of the file's place.
        assignment: the one that it is.
        known: all assignments of the course.
        roster: the class, if there is a roster.
        path: in the inbox; the folders and archives around the file may have a name on them.
        groups: names of groups that come before people's names in this download, see `group_names`.

    Raises:
        BadName: one line, with near matches if there are some, when it is nobody that can be told.
    """
    strict, reason, odd = _strict(place.file_name, known)
    odd = [f"file name: {o}" for o in odd]
    if strict:
        odd += [f"file name: {o}" for o in strict.odd]
        if strict.assignment != assignment:
            odd.append(f"the name says {strict.assignment}, the notebook is {assignment}")
    if endings := re.search(r"(\.(json|txt|py|html?))+$", place.file_name, re.I):
        odd.append(f"file name: the ending {endings[0]}")
    name = place.file_name if ENDING.search(place.file_name) else PurePosixPath(place.file_name).stem
    stem = bare(name, list(known))[0]
    words = strip_assignment(stem, assignment)
    if place.late:
        odd.append(f"{place.system} marks it as late")
    around = [] if place.system or path is None else list(reversed(path.parts[:-1]))
    if roster is not None:
        return _in_roster(
            place, strict, words, beside(stem, assignment), assignment, roster, odd, around, known, groups
        )
    if strict is None:
        strict = next((s for part in around if (s := _strict_folder(part, assignment, known))), None)
    everybody, missing = [], []
    try:
        everybody.append(without_roster(place, strict, words, reason, assignment, list(odd)))
    except BadName as error:
        if not place.others:
            raise
        missing.append(str(error))
    for person in place.others:
        alone = replace(place, person=person.name, email=person.email, number=person.number, others=())
        why = f"{place.file_name}: {place.system} says {alone.said}, which is not a first and last name: use a roster"
        try:
            everybody.append(without_roster(alone, None, "", why, assignment, list(odd)))
        except BadName as error:
            missing.append(str(error))
    if not everybody:
        raise BadName("; ".join(missing))
    return everybody, missing


def _strict_folder(part: str, assignment: str, known: Sequence[str]) -> HandInName | None:
    """What the name of a folder or archive says, with the assignment's id or without it: then names begin with capital
    letters, where the script has some."""
    if with_id := _strict(part, known)[0]:
        return with_id
    found = _strict(f"{ENDING.sub('', part)}_{assignment}", known)[0]
    return found if found and not any(name[:1].islower() for name in (found.last, found.first)) else None


def group_names(places: Iterable[Origin]) -> frozenset[str]:
    """What is before a hyphen in the names of several people of one download: groups that Moodle shows."""
    heads: dict[str, set[str]] = {}
    for place in places:
        for match in re.finditer("-", place.person):
            heads.setdefault(fold(place.person[: match.start()]), set()).add(place.person[match.end() :])
    return frozenset(head for head, tails in heads.items() if len(tails) > 1)


def _by_system(person: Person, roster: Roster, groups: frozenset[str]) -> tuple[str, Student | None]:
    """(which mark found the student, the student) of one person that a system names."""
    for how, student in (
        ("e-mail", roster.by_email(person.email)),
        ("number", roster.by_number(person.number)),
        ("name", roster.by_words(person.name)),
    ):
        if student is not None:
            return how, student
    shown = {fold(s.section) for s in roster.students if s.section} | NO_GROUP
    shown |= {fold(g) for s in roster.students for g in s.groups}
    for match in re.finditer("-", person.name):
        head = person.name[: match.start()]
        if fold(head) in shown | groups or re.search(r"\d", head):
            tail = person.name[match.end() :]
            if len(tokens(tail)) > 1 and (student := roster.by_words(tail)):
                return "name", student
    return "", None


def _in_roster(
    place: Origin,
    strict: HandInName | None,
    words: str,
    marks: str,
    assignment: str,
    roster: Roster,
    odd: list[str],
    around: list[str],
    known: Sequence[str],
    groups: frozenset[str],
) -> tuple[list[Identity], list[str]]:
    by_name = roster.by_name(strict.last, strict.first) if strict else None
    meant = roster.meant(marks)
    called = by_name or meant
    if place.system and place.said:
        first = Person(place.person, place.email, place.number)
        how, student = _by_system(first, roster, groups)
        squeezed = roster.by_squeezed(place.squeezed) if place.squeezed else None
        if student is None and squeezed is not None:
            how, student = "name", squeezed
        group = place.person or place.squeezed
        members = roster.by_group(group)
        own = student in members
        if members and (student is None or (own and how != "name")):
            return [_identity(s, assignment, f"group in {place.system}", odd) for s in members], []
        if student is None and not place.others:
            raise BadName(_nobody(place, strict, words, called, roster))
        found, missing = [], []
        if student is not None:
            one = _identity(student, assignment, f"{how} in {place.system}", odd)
            others = {s.id: s.name for s in (squeezed, called) if s is not None and s.id != student.id}
            if others:
                one.odd.append(f"its name says {', '.join(others.values())}, but {one.how} says {student.name}")
            elif place.squeezed and squeezed is None and not tokens_in(place.squeezed, student):
                one.odd.append(
                    f"{place.system} calls it {place.squeezed}: if that is a group, nobody else gets it without a "
                    "column group in the roster"
                )
                one.doubt = True
            found.append(one)
        else:
            missing.append(_nobody(place, strict, words, called, roster))
        for person in place.others:
            how, other = _by_system(person, roster, groups)
            if other is not None:
                found.append(_identity(other, assignment, f"{how} in {place.system}", odd))
            else:
                alone = replace(place, person=person.name, email=person.email, number=person.number, others=())
                missing.append(_nobody(alone, None, "", None, roster))
        if not found:
            raise BadName("; ".join(missing))
        return found, missing
    if by_name is not None and roster.exactly(marks) not in (None, by_name):
        raise BadName(_nobody(place, strict, words, None, roster, around, marks))
    by_words = meant is not None and (not re.search(r"[@\d]", marks) or meant.named_by(said(marks)))
    ways: list[tuple[str, Student | None]] = [("file name", by_name), (WORDS if by_words else MARK, meant)]
    outer: list[tuple[str, Student | None]] = []
    for part in around:
        folder = _strict_folder(part, assignment, known)
        ways.append(("the folder's name", roster.by_name(folder.last, folder.first) if folder else None))
        outer.insert(0, ("the folder's id", roster.by_id.get(part) or roster.by_id.get(ENDING.sub("", part))))
        plain = beside(bare(part, list(known))[0], assignment)
        outer.insert(1, ("the folder's name", roster.meant(plain, folder=True)))
    hits = [(how, student) for how, student in (*outer, *ways) if student is not None]
    if not hits:
        groups_of = (
            (name, roster.by_group(name)) for name in (words, *(strip_assignment(p, assignment) for p in around))
        )
        name, members = next(((name, members) for name, members in groups_of if members), ("", []))
        if members:
            how = "the file's group" if name == words else "the folder's group"
            return [_identity(s, assignment, how, odd) for s in members], []
        raise BadName(_nobody(place, strict, words, None, roster, around, marks))
    how, student = hits[0]
    others = {s.id: s.name for _, s in hits if s.id != student.id}
    one = _identity(student, assignment, how, odd)
    if others:
        one.odd.append(f"its name says {', '.join(others.values())}, but {how} says {student.name}")
        one.doubt = how != "the folder's id"
    if strict is None and how in (WORDS, MARK):
        one.odd.append(f"file name: {place.file_name} breaks the rule; read as {student.name}")
    return [one], []


def tokens_in(squeezed: str, student: Student) -> bool:
    """Whether a squeezed name holds a name of the student: "doejaneanne" is Jane Doe's, "rocketteam" is not."""
    plain = fold(squeezed)
    return any(fold(part) in plain for name in (student.last, student.first) for part in name.split() if fold(part))


def _identity(student: Student, assignment: str, how: str, odd: list[str]) -> Identity:
    return Identity(student.id, assignment, how, student.last, student.first, list(odd))


def _nobody(
    place: Origin,
    strict: HandInName | None,
    words: str,
    called: Student | None,
    roster: Roster,
    around: Sequence[str] = (),
    marks: str = "",
) -> str:
    """Why a file is not placed, with near matches."""
    name = f"{strict.first} {strict.last}" if strict else words
    called_so = place.said or name
    address = place.email.partition("@")[0]
    near = roster.near(place.person or place.squeezed or address or marks or name)
    near += [s for s in (roster.near(name) if place.said else []) if s not in near]
    near += [s for part in around for s in roster.near(part) if s not in near]
    with_zeros = re.findall(r"(?<!\d)0\d{3,}(?!\d)", " ".join((place.number, marks, *around)))
    zeros = next(filter(None, (roster.by_number(number.lstrip("0")) for number in with_zeros)), None)
    hint = f"; near: {', '.join(f'{s.id} ({s.name})' for s in near[:3])}" if near else ""
    hint += f"; the roster has {zeros.number or zeros.id}: has a spreadsheet taken the zeros off?" if zeros else ""
    several = len(near) > 1 and not (place.system and place.said)
    todo = "use --match FILE=ID" + ("; if it is several people's, --match FILE=ID,ID" if several else "")
    if near:
        todo += "; if it is somebody else, add a row to the roster"
    elif called_so and not zeros:  # then the roster most probably lacks them, and --match could name nobody
        todo = "add a row to the roster if they came late to the course; if they are in it, use --match FILE=ID"
    if place.system and place.said:
        more = f" (number {place.number})" if place.number and place.number != called_so else ""
        own = f"; the file calls itself {called.name}'s" if called else ""
        alike = [s for s in roster.students if tokens(called_so) and tokens(s.name) == tokens(called_so)]
        has = "several people" if len(alike) > 1 else "nobody and no group"
        return (
            f"{place.file_name}: {place.system} says {called_so}{more}, and the roster has {has} of that name"
            f"{own}{hint}; {todo}"
        )
    return f"{place.file_name}: nobody in the roster is {called_so or 'named in it'}{hint}; {todo}"
