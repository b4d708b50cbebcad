"""From a pile of files to submitted/: who handed in what, artefacts out, answers into the pristine skeleton.

Nothing is executed here, and no archive is unpacked to where it says. A hand-in appears in submitted/ whole or not at
all.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from coursework import companions, kinds
from coursework.archives import Found, Refused, Rules, UnsafeArchive, walk
from coursework.attempts import Attempt, choose
from coursework.companions import Pending, accompany
from coursework.course import CONFIG_NAME, Course, StaffError
from coursework.late import due, handed_in_at, roster, zone
from coursework.names import BadName
from coursework.origins import MANY, METADATA, Origin, gradescope, marked, origin, summed, unpack_mail
from coursework.roster import SAFE_ID, Roster, fold
from coursework.store import HandIn, artefacts, store
from coursework.texts import printable
from coursework.who import Identity, assignment_of, identify, named

SAID = "said by you"
OF_THE_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)  # errors of a file that is called so, not of the disk


@dataclass
class Taken:
    """One hand-in that was taken: `new` is False when the very same was there already."""

    student: str
    assignment: str
    file: str
    how: str = ""
    odd: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    look: bool = False
    new: bool = True


@dataclass
class Report:
    taken: list[Taken] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)  # (file, why it waits for a human)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (file, why it was not placed)
    nothing: dict[str, list[str]] = field(default_factory=dict)  # assignment → who has handed in nothing
    strangers: list[str] = field(default_factory=list)  # folders of submitted/ whom the roster does not know

    @property
    def exit_code(self) -> int:
        """0 all placed, 3 some need a look."""
        return 3 if self.held or self.refused or any(t.look for t in self.taken) else 0


def collect(course: Course, inbox: Path, matches: Mapping[str, str] | None = None, only: str = "") -> Report:
    """Take every hand-in of `inbox` (a folder or a zip) that can be placed; say what happened to each file.

    `matches`: file name or path → student id, said by the instructor; `only` takes one assignment. Raises StaffError
    when the inbox or the roster cannot be read at all.
    """
    if not inbox.exists():
        raise StaffError(f"{inbox} is not there: name the folder or zip with the hand-ins")
    if not inbox.is_dir() and inbox.suffix.lower() != ".zip":
        raise StaffError(f"{inbox} is no folder and no zip")
    if (inbox / CONFIG_NAME).exists():
        raise StaffError(f"{inbox} is the course itself: name the folder or zip with the hand-ins")
    report, people = Report(), roster(course)
    for name, student in (matches or {}).items():
        if people is not None and student not in people.by_id:
            raise StaffError(f"--match {name}={student}: the roster has no id {student}")
        if not SAFE_ID.match(student):
            raise StaffError(f"--match {name}={student}: {student!r} is no id, as it is no folder name")
    files = _files(course, inbox, report)
    if not files and not report.refused:
        raise StaffError(f"{inbox} holds no files")
    for name in matches or {}:
        hits = [str(f.path) for f in files if name in (str(f.path), f.path.name)]
        if len(hits) != 1:
            why = f"{len(hits)} files are called so: say the path, e.g. {hits[0]}" if hits else "no file is called so"
            raise StaffError(f"--match {name}: {why}")
    submissions = gradescope(files, report.refused)
    pending, others = _place(course, files, submissions, people, matches or {}, report)
    _with_company(others, pending, submissions, report)
    groups: dict[tuple[str, str], list[Pending]] = {}
    for one in pending:
        if not only or one.who.assignment == only:
            groups.setdefault((one.who.student, one.who.assignment), []).append(one)
    for assignment in {a for _, a in groups}:
        if not course.released(assignment).exists():
            raise StaffError(f"{assignment} is not released: run `coursework release {assignment}` first")
    for (student, assignment), several in sorted(groups.items()):
        if len(people_of := _people(several)) > 1:
            why = f"files of {len(people_of)} people ({'; '.join(people_of)}) say that they are {student}'s"
            report.held += [(str(p.found.path), f"{why}: name a roster, or say --match FILE=ID") for p in several]
            continue
        try:
            _take(course, student, assignment, several, report)
        except StaffError:
            raise
        except Exception as error:  # whatever one student's file sets off, the others are taken
            if isinstance(error, OSError) and error.errno not in OF_THE_NAME:
                raise StaffError(f"{student} could not be written: {error}") from None
            report.held += [(str(p.found.path), _fault(error)) for p in several]
    for assignment in sorted({a for _, a in groups}) if people else ():
        here = {p.parent.parent.name for p in course.root.glob(f"submitted/*/{assignment}/{assignment}.ipynb")}
        report.nothing[assignment] = [s.id for s in people.students if s.id not in here]  # type: ignore[union-attr]
    report.held, report.refused = summed(report.held), summed(report.refused)
    if people:
        here = {p.parent.parent.name for p in course.root.glob("submitted/*/*/*.ipynb")}
        report.strangers = sorted(here - set(people.by_id))
    return report


def _fault(error: Exception) -> str:
    said = printable(str(error), 100)
    return f"it could not be taken ({type(error).__name__}{f': {said}' if said else ''}): somebody should look at it"


def _people(several: list[Pending]) -> list[str]:
    """Whom the system takes the files of one student for; several only where it tells them apart."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for p in several:
        kind, mark = next(
            ((k, getattr(p.place, k)) for k in ("number", "email", "person") if getattr(p.place, k)), ("", "")
        )
        if mark and p.who.how != SAID and not p.who.how.startswith(("number in", "e-mail in")):
            said = " ".join(dict.fromkeys(t for t in (p.place.person or p.place.squeezed, mark) if t))
            found.setdefault((p.place.system, kind), {}).setdefault(fold(mark), said)
    return max((list(marks.values()) for marks in found.values()), key=len, default=[])


def _files(course: Course, inbox: Path, report: Report) -> list[Found]:
    """Every file that can be read, messages opened; what cannot goes to the report."""
    files: list[Found] = []
    try:
        for item in walk(inbox, Rules(zone(course), lambda path: marked(path) or named(path, course.assignments))):
            if isinstance(item, Refused):
                report.refused.append((str(item.path), item.reason))
            elif item.path.suffix.lower() == ".eml":
                files += unpack_mail(item)
            else:
                files.append(item)
    except UnsafeArchive as error:
        raise StaffError(f"{inbox.name} is refused and nothing was taken: {error}") from None
    return files


def _place(
    course: Course,
    files: list[Found],
    submissions: dict[str, dict],
    people: Roster | None,
    matches: Mapping[str, str],
    report: Report,
) -> tuple[list[Pending], list[Found]]:
    """(hand-ins, files that are none). Scripts and pages are hand-ins only where nothing better is there."""
    pending: list[Pending] = []
    others: list[Found] = []
    for found in sorted(files, key=lambda f: -kinds.rank(f)):
        rank, place = kinds.rank(found), origin(found.path, submissions)
        if not rank or found.path.name == METADATA:
            others.append(found)
            continue
        try:
            who = _identify(course, found, place, people, matches)
        except BadName as error:
            if rank == 1:
                others.append(found)
            else:
                report.refused.append((str(found.path), str(error)))
            continue
        except StaffError:
            raise
        except Exception as error:
            report.held.append((str(found.path), _fault(error)))
            continue
        if rank == 1 and (
            any(p.rank > 1 and (p.who.student, p.who.assignment) == (who.student, who.assignment) for p in pending)
            or not kinds.of_the_course(course, who.assignment, found)
        ):
            others.append(found)
        else:
            pending.append(Pending(who, found, place, rank))
    return pending, others


def _with_company(others: list[Found], pending: list[Pending], submissions: dict[str, dict], report: Report) -> None:
    """Give each file that is no hand-in to the one that it came with.

    Where the system says whose a file is, only that student's hand-ins are asked, whatever the file is called. These
    files come last, so that none that is only called so takes their place.
    """
    theirs: dict[tuple[str, ...], list[Found]] = {}
    for file in others:
        theirs.setdefault(origin(file.path, submissions).mark, []).append(file)
    for mark, files in sorted(theirs.items()):
        accompany(files, [p for p in pending if not mark or p.place.mark == mark], report.refused)


def _identify(
    course: Course, found: Found, place: Origin, people: Roster | None, matches: Mapping[str, str]
) -> Identity:
    own = kinds.own_assignment(found.payload)
    assignment = assignment_of(found.path, own, lambda: kinds.by_content(course, found.payload), course.assignments)
    said = matches.get(str(found.path)) or matches.get(found.path.name)
    if said:
        student = people.by_id[said] if people else None
        return Identity(said, assignment, SAID, student.last if student else "", student.first if student else "")
    who = identify(place, assignment, course.assignments, people)
    broken = [o for o in who.odd if o.startswith(("file name:", "the name says"))]
    if course.settings.refuse_bad_names and broken:
        raise BadName(f"{found.path.name} breaks the naming rule ({'; '.join(broken)})")
    return who


def _take(course: Course, student: str, assignment: str, several: list[Pending], report: Report) -> None:
    """Choose among a student's files, and what was collected before, and write the one that counts."""
    attempts = {
        id(p): Attempt(p.found.path, p.found.payload, p.place.when or p.found.changed, p.rank, p.place.attempt)
        for p in several
    }
    before = _collected(course, student, assignment)
    everything = [*attempts.values(), *([before] if before else [])]
    if before and len({a.digest for a in attempts.values()} - {before.digest}) and not _ordered(everything):
        everything = list(attempts.values())  # a new pile without times replaces the old one
    chosen, others = choose(everything, due(course, assignment, student))
    if chosen is None:
        names = ", ".join([*(str(p.found.path) for p in several[:MANY]), *(["…"] if len(several) > MANY else [])])
        for p in several:
            why = f"{len(several)} different files for {student}, {assignment}, and nothing says which is the last"
            report.held.append((str(p.found.path), f"{why}: {names}; leave one of them"))
        return
    same = [p for p in several if attempts[id(p)].digest == chosen.digest]
    one = next((p for p in same if attempts[id(p)] is chosen), same[0] if same else None)
    again = before is not None and before.digest == chosen.digest
    others = [] if chosen is before else others
    count = len(others) + 1
    others += [a for a in _kept(course, student, assignment) if a.digest not in {o.digest for o in [chosen, *others]}]
    files, said, changed = _beside(course, student, assignment, chosen, one, several, again)
    handed = HandIn(student, assignment, Found(chosen.path, chosen.payload, chosen.when), files, others)
    if chosen is before:
        if less := len(several) - len(same):
            said.insert(0, f"{less} other attempts do not count (the last one in time does)")
        taken = Taken(student, assignment, str(before.path), "collected before", said, new=False)
        if one and changed:
            stored = store(course, handed)
            taken = replace(taken, files=stored.files, look=stored.record.look, new=True)
        report.taken.append(taken)
        return
    assert one is not None  # what is chosen and was not collected before is of this pile
    stored = store(course, handed)
    odd = [*one.who.odd, *([f"{count} attempts; this one counts"] if count > 1 else []), *said]
    odd += [r["text"] for r in stored.record.repairs]
    look = stored.record.look or one.who.doubt
    report.taken.append(
        Taken(student, assignment, str(one.found.path), one.who.how, odd, stored.files, look, stored.new)
    )


def _beside(
    course: Course,
    student: str,
    assignment: str,
    chosen: Attempt,
    one: Pending | None,
    several: list[Pending],
    again: bool,
) -> tuple[dict[str, Found], list[str], bool]:
    """(the files that go with what is chosen, what to say of them, whether they are others than those collected)."""
    if one is None:  # what counts is not in this pile
        return {}, [], False
    files = dict(one.companions)
    for p in several:
        files = p.companions | files
    here = companions.here(course.submitted(student, assignment))
    own = artefacts(chosen.payload, chosen.path.name)[0]
    if again:
        files, said = companions.together(here, files, own)
    else:
        gone = sorted({*here} - {*files, *own})
        said = [f"{name} came with the earlier hand-in, not with this one" for name in gone]
    changed = own | {n: f.payload for n, f in files.items()} != {n: f.payload for n, f in here.items()}
    return files, said, changed


def _ordered(attempts: list[Attempt]) -> bool:
    return choose(attempts, None)[0] is not None


def _collected(course: Course, student: str, assignment: str) -> Attempt | None:
    """What an earlier collect has taken from this student."""
    folder = course.submitted(student, assignment)
    when = handed_in_at(course, assignment, student)
    files = sorted(p for p in (folder / "original").glob("*") if p.is_file()) if folder.exists() else []
    if len(files) != 1 or when is None:
        return None
    rank = kinds.RANKS.get(files[0].suffix.lower(), 3)
    return Attempt(PurePosixPath(files[0].name), files[0].read_bytes(), when, rank)


def _kept(course: Course, student: str, assignment: str) -> list[Attempt]:
    """Attempts that did not count before, so that they stay."""
    when = datetime.min.replace(tzinfo=UTC)
    files = sorted((course.submitted(student, assignment) / "original" / "attempts").glob("*"))
    return [Attempt(PurePosixPath(p.name.partition("_")[2]), p.read_bytes(), when) for p in files]
