"""From a pile of files to submitted/: who submitted what, artefacts out, answers into the pristine skeleton.

Nothing is executed here, and no archive is unpacked to where it says. A submission appears in submitted/ whole or not
at all. Payloads stay on disk until they are taken, one at a time.
"""

import errno
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from coursework.core.course import CONFIG_NAME, Course, StaffError, alone
from coursework.core.deadlines import roster
from coursework.core.naming import BadName
from coursework.core.roster import Roster
from coursework.core.text import printable, reason
from coursework.intake import kinds, times
from coursework.intake.archives import Rules, walk
from coursework.intake.assignments import NoAssignment, assignment_of, of_the_course
from coursework.intake.attachments import Pending, accompany
from coursework.intake.decisions import Decision, Decisions
from coursework.intake.downloads import assignments_of, name_strays
from coursework.intake.found import Found, Identity, Refused
from coursework.intake.identify import group_names, identify_all, named
from coursework.intake.members import UnsafeArchive
from coursework.intake.origins import WITHOUT_FILES, About, marked, origin, own_files, unpack, without_files
from coursework.intake.orphans import NO_ASSIGNMENT, Inbox, Orphan, name_all
from coursework.intake.owners import BEFORE, SAID, ids_of, people_of
from coursework.intake.report import Report, summed
from coursework.intake.systems import Origin
from coursework.intake.take import Context, take
from coursework.intake.waiting import note, waiting

CHECKPOINT = re.compile(r"-checkpoint(?=\.ipynb$)", re.I)
OF_THE_NAME = (errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ)  # errors of a file that is called so, not of the disk
A_DAY = 86_400  # seconds
Tell = Callable[[int, int], None]  # how many of how many students are done


def collect(
    course: Course,
    inbox: Path,
    matches: Mapping[str, str] | None = None,
    only: str = "",
    table: Path | None = None,
    tell: Tell = lambda done, of: None,
) -> Report:
    """Take every submission of `inbox` (a folder or an archive) that can be placed; say what happened to each file.

    Args:
        course: where it goes.
        inbox: a folder, zip or tar.
        matches: file name or path → student id, or several with commas, said by the instructor.
        only: take this assignment alone.
        table: a table of submission times, see `intake.times`.
        tell: called as students are done.

    Raises:
        StaffError: the inbox, the roster or a table cannot be read at all, or somebody grades or collects here.
    """
    if not inbox.exists():
        raise StaffError(f"{inbox} is not there: name the folder or zip with the submissions")
    if (inbox / CONFIG_NAME).exists():
        raise StaffError(f"{inbox} is the course itself: name the folder or zip with the submissions")
    people, place = roster(course), course.state("collecting")
    place.mkdir(exist_ok=True)
    for left in place.iterdir():  # by a run that was killed
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left, ignore_errors=True)
    decisions, known = Decisions.read(course), times.read(table, course.settings.zone) if table else None
    said = {name: ids_of(name, ids, people) for name, ids in (matches or {}).items()}
    with tempfile.TemporaryDirectory(prefix="inbox-", dir=place) as scratch:
        run = _Run(course, people, decisions, said, Path(scratch))
        run.read(inbox)
        groups = run.place(only)
        with ExitStack() as locks:
            for assignment in sorted({a for _, a in groups}):
                if not course.released(assignment).exists():
                    raise StaffError(f"{assignment} is not released: run `coursework release {assignment}` first")
                locks.enter_context(alone(course, assignment))
            run.take(groups, Context(course, run.report, decisions, known, people), tell)
            run.close({a for _, a in groups}, only)
    return run.report


@dataclass
class _Run:
    """One inbox on its way: read, placed, taken."""

    course: Course
    people: Roster | None
    decisions: Decisions
    said: dict[str, list[str]]
    scratch: Path
    report: Report = field(default_factory=Report)
    files: list[Found] = field(default_factory=list)
    orphans: list[Orphan] = field(default_factory=list)
    about: About = field(default_factory=dict)
    places: dict[PurePosixPath, Origin] = field(default_factory=dict)
    groups: frozenset[str] = frozenset()
    strays: set[str] = field(default_factory=set)  # of these only a stray file is in the download of another assignment

    def read(self, inbox: Path) -> None:
        """Every file that can be read, messages opened; what cannot is kept with the reason."""
        rules = Rules(
            self.course.settings.zone,
            lambda path: marked(path) or named(path, self.course.assignments),
            self.scratch,
        )
        try:
            for item in walk(inbox, rules):
                if isinstance(item, Refused):
                    self.orphans.append((item.path, item.reason, ""))
                elif (inside := unpack(item)) is None:
                    self.files.append(item)
                elif messages := list(inside):
                    self.files += messages
                else:
                    self.orphans.append((item.path, "it is a message that cannot be read", ""))
        except UnsafeArchive as error:
            raise StaffError(f"{inbox.name} is refused and nothing was taken: {error}") from None
        if not self.files and not self.orphans:
            raise StaffError(f"{inbox} holds no files")
        here = {f.path for f in self.files}  # Jupyter's own copies beside the notebook, outside their hidden folder
        self.files = [
            f for f in self.files if not CHECKPOINT.search(f.path.name)
            or f.path.with_name(CHECKPOINT.sub("", f.path.name)) not in here
        ]  # fmt: skip
        for name in self.said:
            hits = [str(f.path) for f in self.files if name in (str(f.path), f.path.name)]
            if len(hits) != 1:
                why = (
                    f"{len(hits)} files have that name: write the path, e.g. {hits[0]}"
                    if hits
                    else "no file has that name"
                )
                raise StaffError(f"--match {name}: {why}")
        self.about, own = own_files(self.files, self.report.refused)
        there = [*(f.path for f in self.files), *(orphan[0] for orphan in self.orphans)]
        self.orphans += [(path, WITHOUT_FILES, "") for path in without_files(self.about, there)]
        self.places = {f.path: origin(f.path, self.about) for f in self.files}
        self.files = [f for f in self.files if f.path not in own]
        self.groups = group_names(self.places.values())

    def place(self, only: str) -> dict[tuple[str, str], list[Pending]]:
        """(student, assignment) → their files. Scripts and pages count only where nothing better is there."""
        pending: list[Pending] = []
        others: list[Found] = []
        for found in sorted(self.files, key=lambda f: -kinds.rank(f)):
            rank, place = kinds.rank(found), self.places[found.path]
            if not rank:
                others.append(found)
                continue
            try:
                everybody, missing = self._identify(found, place)
            except NoAssignment:
                if rank == 1:
                    others.append(found)
                else:
                    self.orphans.append((found.path, *NO_ASSIGNMENT))
                continue
            except BadName as error:
                if rank == 1:
                    others.append(found)
                else:
                    self.report.refused.append((str(found.path), str(error)))
                continue
            except StaffError:
                raise
            except Exception as error:
                self.report.held.append((str(found.path), _fault(error)))
                continue
            self.report.refused += [(str(found.path), line) for line in missing]
            group = tuple(w.student for w in everybody) if len(everybody) > 1 else ()
            for who in everybody:
                key = (who.student, who.assignment)
                better = [p for p in pending if p.rank > 1 and (p.who.student, p.who.assignment) == key]
                if rank == 1 and (better or not of_the_course(self.course, who.assignment, found)):
                    for p in better:
                        p.scripts.append(found)
                    others.append(found)
                    break
                pending.append(Pending(who, found, place, rank, group=group))
        left = accompany(others, pending, self.places, self.report.refused)
        self.orphans += [(f.path, *kinds.described(f)) for f in left]
        meant = assignments_of(pending)
        self.strays = name_strays(pending, meant)
        groups: dict[tuple[str, str], list[Pending]] = {}
        for one in pending:
            if not only or one.who.assignment == only:
                groups.setdefault((one.who.student, one.who.assignment), []).append(one)
        inbox = Inbox(self.course, self.people, self.about, self.groups, meant)
        name_all(self.orphans, inbox, groups, only, self.report)
        if meant:  # a text that is only called after another assignment is no download of it, either
            self.strays |= set(self.report.waits) - {a for _, a in groups} - set(meant.values())
        return groups

    def _identify(self, found: Found, place: Origin) -> tuple[list[Identity], list[str]]:
        course, people = self.course, self.people
        assignment = assignment_of(course, found)
        how, said = SAID, self.said.get(str(found.path)) or self.said.get(found.path.name)
        if not said:
            rows = [r for r in self.decisions.rows if r.student and found.digest.startswith(r.sha256)]
            rows = [r for r in rows if r.assignment == assignment and PurePosixPath(r.file).name == found.path.name]
            rows = [r for r in rows if "--match" in r.note and (people is None or r.student in people.by_id)]
            how, said = BEFORE, [r.student for r in rows]
        if said:
            everybody = []
            for one in dict.fromkeys(said):
                student = people.by_id[one] if people else None
                last, first = (student.last, student.first) if student else ("", "")
                everybody.append(Identity(one, assignment, how, last, first))
                if how == SAID:
                    self.decisions.add(
                        Decision(assignment, one, str(found.path), found.digest, note="whose it is was said by --match")
                    )
            return everybody, []
        everybody, missing = identify_all(place, assignment, course.assignments, people, found.path, self.groups)
        for who in everybody:
            broken = [o for o in who.odd if o.startswith(("file name:", "the name says"))]
            if course.settings.refuse_bad_names and broken:
                raise BadName(f"{found.path.name} breaks the naming rule ({'; '.join(broken)})")
        return everybody, missing

    def take(self, groups: dict[tuple[str, str], list[Pending]], context: Context, tell: Tell) -> None:
        for number, ((student, assignment), several) in enumerate(sorted(groups.items()), 1):
            if len(whose := people_of(several)) > 1:
                why = f"files of {len(whose)} people ({'; '.join(whose)}) say that they are {student}'s"
                self._hold(student, assignment, several, f"{why}: use a roster, or --match FILE=ID")
                continue
            try:
                take(context, student, assignment, several)
            except StaffError:
                raise
            except Exception as error:  # whatever one student's file sets off, the others are taken
                if isinstance(error, OSError) and error.errno not in OF_THE_NAME:
                    raise StaffError(f"{student} could not be written: {reason(error)}") from None
                self._hold(student, assignment, several, _fault(error))
            tell(number, len(groups))

    def _hold(self, student: str, assignment: str, several: list[Pending], why: str) -> None:
        self.report.held += [(str(p.found.path), why) for p in several]
        self.report.wait(assignment, student, str(several[0].found.path), why)

    def close(self, assignments: set[str], only: str) -> None:
        """Decisions and what waits are kept; who has submitted nothing, and who has left, is named."""
        course, report, people = self.course, self.report, self.people
        self.decisions.write(course)
        for assignment in course.assignments:
            taken = {t.student for t in report.taken if t.assignment == assignment}
            others = {(s, w["file"]) for a, found in report.waits.items() if a != assignment for s, w in found.items()}
            note(course, assignment, report.waits.get(assignment, {}), taken, others)
            asked = assignment in (assignments | set(report.waits)) - (self.strays - {only})
            if people and asked and (not only or assignment == only):
                here = set(course.students(assignment)) | set(waiting(course, assignment)) | taken
                report.nothing[assignment] = [s.id for s in people.students if s.id not in here]
        report.held, report.refused = summed(report.held), summed(report.refused)
        if people:
            here = {p.parent.parent.name for p in course.root.glob("submitted/*/*/*.ipynb")}
            report.strangers = sorted(here - set(people.by_id))


def _fault(error: Exception) -> str:
    said = printable(str(error), 100)
    return f"it could not be taken, something in it set off an error{f' ({said})' if said else ''}: look at the file"
