"""From a pile of files to submitted/: who handed in what, artefacts out, answers into the pristine skeleton.

Nothing is executed here, and no archive is unpacked to where it says. A submission appears in submitted/ whole or not
at all.
"""

import errno
from collections.abc import Mapping
from pathlib import Path

from coursework.core.course import CONFIG_NAME, Course, StaffError
from coursework.core.deadlines import roster, zone
from coursework.core.naming import BadName
from coursework.core.roster import SAFE_ID, Roster, fold
from coursework.core.text import printable
from coursework.intake import kinds
from coursework.intake.archives import Found, Refused, Rules, UnsafeArchive, walk
from coursework.intake.attachments import Pending, accompany
from coursework.intake.identify import Identity, assignment_of, identify, named
from coursework.intake.origins import METADATA, Origin, gradescope, marked, origin, summed, unpack_mail
from coursework.intake.take import Report, take

SAID = "said by you"
OF_THE_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)  # errors of a file that is called so, not of the disk


def collect(course: Course, inbox: Path, matches: Mapping[str, str] | None = None, only: str = "") -> Report:
    """Take every submission of `inbox` (a folder or a zip) that can be placed; say what happened to each file.

    `matches`: file name or path → student id, said by the instructor; `only` takes one assignment. Raises StaffError
    when the inbox or the roster cannot be read at all.
    """
    if not inbox.exists():
        raise StaffError(f"{inbox} is not there: name the folder or zip with the submissions")
    if not inbox.is_dir() and inbox.suffix.lower() != ".zip":
        raise StaffError(f"{inbox} is no folder and no zip")
    if (inbox / CONFIG_NAME).exists():
        raise StaffError(f"{inbox} is the course itself: name the folder or zip with the submissions")
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
            take(course, student, assignment, several, report)
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
    """(submissions, files that are none). Scripts and pages are submissions only where nothing better is there."""
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
    """Give each file that is no submission to the one that it came with.

    Where the system says whose a file is, only that student's submissions are asked, whatever the file is called. These
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
