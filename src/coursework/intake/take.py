"""One student's files: which of them counts, beside what was collected before, and what goes with it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

from coursework.core.course import Course
from coursework.core.deadlines import due, handed_in_at
from coursework.intake import attachments, kinds
from coursework.intake.archives import Found
from coursework.intake.attachments import Pending
from coursework.intake.attempts import Attempt, choose
from coursework.intake.origins import MANY
from coursework.intake.repair import sentences
from coursework.intake.store import Submission, artefacts, store


@dataclass
class Taken:
    """One submission that was taken: `new` is False when the very same was there already."""

    student: str
    assignment: str
    file: str
    how: str = ""
    odd: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    review: bool = False
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
        """0 all placed, 3 some need review."""
        return 3 if self.held or self.refused or any(t.review for t in self.taken) else 0


def take(course: Course, student: str, assignment: str, several: list[Pending], report: Report) -> None:
    """Choose among a student's files, and what was collected before, write the one that counts and report it."""
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
    handed = Submission(student, assignment, Found(chosen.path, chosen.payload, chosen.when), files, others)
    if chosen is before:
        if less := len(several) - len(same):
            said.insert(0, f"{less} other attempts do not count (the last one in time does)")
        taken = Taken(student, assignment, str(before.path), "collected before", said, new=False)
        if one and changed:
            stored = store(course, handed)
            taken = replace(taken, files=stored.files, review=stored.record.review, new=True)
        report.taken.append(taken)
        return
    assert one is not None  # what is chosen and was not collected before is of this pile
    stored = store(course, handed)
    odd = [*one.who.odd, *([f"{count} attempts; this one counts"] if count > 1 else []), *said]
    odd += [said.rstrip(".") for said in sentences(stored.record.repairs)]
    review = stored.record.review or one.who.doubt
    report.taken.append(
        Taken(student, assignment, str(one.found.path), one.who.how, odd, stored.files, review, stored.new)
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
    here = attachments.here(course.submitted(student, assignment))
    own = artefacts(chosen.payload, chosen.path.name)[0]
    if again:
        files, said = attachments.together(here, files, own)
    else:
        gone = sorted({*here} - {*files, *own})
        said = [f"{name} came with the earlier submission, not with this one" for name in gone]
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
