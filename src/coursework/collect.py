"""From a pile of files to submitted/: who handed in what, artefacts out, answers into the pristine skeleton.

Nothing is executed here, and no archive is unpacked to where it says. A hand-in appears in submitted/ whole or not at
all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from coursework import kinds
from coursework.archives import Found, Refused, UnsafeArchive, walk
from coursework.artefacts import SAFE_NAME
from coursework.attempts import Attempt, choose
from coursework.course import CONFIG_NAME, Course, StaffError
from coursework.late import due, handed_in_at, roster, zone
from coursework.names import BadName
from coursework.origins import Origin, gradescope, origin, unpack_mail
from coursework.roster import SAFE_ID, Roster, fold
from coursework.store import HandIn, Stored, store
from coursework.who import Identity, assignment_of, identify

SAID = "said by you"
MAX_EXTRA = 30 * 2**20  # bytes of a file that comes with a notebook


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


@dataclass
class _Pending:
    """One file that is somebody's hand-in."""

    who: Identity
    found: Found
    place: Origin
    rank: int
    companions: dict[str, bytes] = field(default_factory=dict)


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
    submissions = gradescope(files)
    pending, others = _place(course, files, submissions, people, matches or {}, report)
    _accompany(others, pending, report)
    groups: dict[tuple[str, str], list[_Pending]] = {}
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
        except OSError as error:
            raise StaffError(f"{student} could not be written: {error}") from None
    for assignment in sorted({a for _, a in groups}) if people else ():
        here = {p.parent.parent.name for p in course.root.glob(f"submitted/*/{assignment}/{assignment}.ipynb")}
        report.nothing[assignment] = [s.id for s in people.students if s.id not in here]  # type: ignore[union-attr]
    if people:
        here = {p.parent.parent.name for p in course.root.glob("submitted/*/*/*.ipynb")}
        report.strangers = sorted(here - set(people.by_id))
    return report


def _people(several: list[_Pending]) -> list[str]:
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
        for item in walk(inbox, zone(course)):
            if isinstance(item, Refused):
                report.refused.append((str(item.path), item.reason))
            elif item.path.suffix.lower() == ".eml":
                files += unpack_mail(item)
            else:
                files.append(item)
    except UnsafeArchive as error:
        raise StaffError(f"{inbox.name} is refused and nothing was taken: {error}") from None
    return [f for f in files if f.path.name != "submission_metadata.yml"] + [
        f for f in files if f.path.name == "submission_metadata.yml"
    ]


def _place(
    course: Course,
    files: list[Found],
    submissions: dict[str, dict],
    people: Roster | None,
    matches: Mapping[str, str],
    report: Report,
) -> tuple[list[_Pending], list[Found]]:
    """(hand-ins, files that are none). Scripts and pages are hand-ins only where nothing better is there."""
    pending: list[_Pending] = []
    others: list[Found] = []
    for found in sorted(files, key=lambda f: -kinds.rank(f)):
        rank, place = kinds.rank(found), origin(found.path, submissions)
        if not rank or found.path.name == "submission_metadata.yml":
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
        if rank == 1 and (
            any(p.rank > 1 and (p.who.student, p.who.assignment) == (who.student, who.assignment) for p in pending)
            or not kinds.of_the_course(course, who.assignment, found)
        ):
            others.append(found)
        else:
            pending.append(_Pending(who, found, place, rank))
    return pending, others


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


def _accompany(others: list[Found], pending: list[_Pending], report: Report) -> None:
    """Files beside a notebook go with it: by the system's mark, by its name as prefix, or by their common folder."""
    for file in others:
        place, stem = origin(file.path), file.path.stem.lower()
        mark = place.number or place.email or place.squeezed
        owners = [p for p in pending if mark and mark == (p.place.number or p.place.email or p.place.squeezed)]
        prefixed = [p for p in pending if p.who.last and stem.startswith(f"{p.who.last}_{p.who.first}".lower())]
        folder = [p for p in pending if p.found.path.parent == file.path.parent != PurePosixPath()]
        owners = owners or prefixed or (folder if len({p.who.student for p in folder}) == 1 else [])
        name = file.path.name
        if name == "submission_metadata.yml":
            continue
        if not owners:
            whose = place.person or place.squeezed or place.email
            said = f", but {place.system or 'it'} says {whose}: ask for the notebook" if whose else ""
            report.refused.append((str(file.path), f"no hand-in that it belongs to{said}"))
        elif len(file.payload) > MAX_EXTRA:
            report.refused.append((str(file.path), f"it is larger than {MAX_EXTRA // 2**20} MiB"))
        else:
            for owner in owners:
                short = place.file_name
                prefix = f"{owner.who.last}_{owner.who.first}_"
                short = short[len(prefix) :] if short.lower().startswith(prefix.lower()) else short
                if SAFE_NAME.match(short):
                    owner.companions[short] = file.payload
                else:
                    report.refused.append((str(file.path), "its name is no plain file name"))
                    break


def _take(course: Course, student: str, assignment: str, several: list[_Pending], report: Report) -> None:
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
        names = ", ".join(str(p.found.path) for p in several)
        for p in several:
            why = f"{len(several)} different files for {student}, {assignment}, and nothing says which is the last"
            report.held.append((str(p.found.path), f"{why}: {names}; leave one of them"))
        return
    if chosen is before:
        taken = Taken(student, assignment, str(before.path), "collected before", new=False)
        if late := [a for a in attempts.values() if a.digest != before.digest]:
            taken.odd.append(f"{len(late)} other attempts do not count (the last one in time does)")
        report.taken.append(taken)
        return
    one = next(p for p in several if attempts[id(p)] is chosen)
    odd = list(one.who.odd)
    if others:
        odd.append(f"{len(others) + 1} attempts; this one counts")
    for p in several:
        one.companions = p.companions | one.companions
    others += [a for a in _kept(course, student, assignment) if a.digest not in {o.digest for o in [chosen, *others]}]
    handed = HandIn(student, assignment, replace(one.found, changed=chosen.when), one.companions, others)
    stored: Stored = store(course, handed)
    odd += [r["text"] for r in stored.record.repairs]
    look = stored.record.look or one.who.doubt
    report.taken.append(
        Taken(student, assignment, str(one.found.path), one.who.how, odd, stored.files, look, stored.new)
    )


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
