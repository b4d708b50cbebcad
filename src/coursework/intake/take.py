"""One student's files: which of them counts, beside what was collected before, and what goes with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from coursework.core import clock
from coursework.core.course import Course, read_notebook
from coursework.core.deadlines import due, handed_in_at
from coursework.core.roster import Roster
from coursework.core.verdicts import repair_of
from coursework.intake import kinds
from coursework.intake.attachments import Pending, beside
from coursework.intake.attempts import Attempt, choose
from coursework.intake.decisions import Decision, Decisions
from coursework.intake.found import Found
from coursework.intake.owners import signed_by_another
from coursework.intake.read import artefacts
from coursework.intake.repair import answers_in
from coursework.intake.report import MANY, Report, Taken
from coursework.intake.store import Submission, store
from coursework.intake.times import Times
from coursework.intake.waiting import waiting


@dataclass(frozen=True)
class Context:
    """What is known beside the files: the course, a table of times, what staff have decided before, the report."""

    course: Course
    report: Report
    decisions: Decisions
    times: Times | None = None
    people: Roster | None = None


def _attempt(context: Context, assignment: str, student: str, pending: Pending) -> Attempt:
    """A file with its time: by the staff's decision, a table of times, the system's clock, or the file's."""
    place, found = pending.place, pending.found
    decided = context.decisions.of(found.digest, assignment, student)
    when = decided.time if decided else None
    if when is None and context.times is not None:
        when = context.times.lookup(student, place, context.people)
    if when is None and place.when is not None:
        when = place.when if place.when.tzinfo else place.when.replace(tzinfo=context.course.settings.zone)
    return Attempt(
        found, when or found.changed, pending.rank, place.attempt, place.clock or when is not None, place.late,
        decided.counts if decided else None,
    )  # fmt: skip


def take(context: Context, student: str, assignment: str, several: list[Pending]) -> None:
    """Choose among a student's files, and what was collected before, write the one that counts and report it."""
    course, report, decisions = context.course, context.report, context.decisions
    attempts = {id(p): _attempt(context, assignment, student, p) for p in several}
    skeleton, folder = read_notebook(course.released(assignment)), course.submitted(student, assignment)

    def answers(attempt: Attempt) -> int:
        return answers_in(attempt.found.payload, attempt.found.path.name, skeleton)

    several, instead = _scripts_instead(several, answers, attempts)
    attempts = {id(p): attempts.get(id(p)) or _attempt(context, assignment, student, p) for p in several}
    kept, before = _kept(folder), _collected(context, assignment, student, folder)
    now = {a.found.digest for a in attempts.values()}
    again = before is not None and before.found.digest in now
    if before and again:
        # What is here once more is taken as it was, remarks and all; the first time counts, unless staff say another.
        attempts = {key: _since(a, before, decisions, assignment, student) for key, a in attempts.items()}
    everything = [*attempts.values(), *([before] if before and not again else [])]
    if before and now - {before.found.digest} and choose(everything, None).chosen is None:
        # A new pile without times replaces the old one, unless it has no answers, or staff have decided.
        empty = not any(answers(a) for a in attempts.values()) and answers(before)
        decided = any(a.decided is not None for a in everything)
        everything = everything if empty or decided else list(attempts.values())
    limit, here = due(course, assignment, student), course.settings.zone
    choice = choose(everything, limit, answers)
    chosen, others = choice.chosen, choice.others
    if chosen is None:
        _undecided(context, student, assignment, several)
        competing = {a.found.digest: str(a.found.path) for a in everything}
        report.wait(assignment, student, str(several[0].found.path), "several different files wait", competing)
        return
    file = chosen.found
    if chosen.late and not chosen.clock and limit is not None:
        why = "it is late, and the download does not say when it came: use --times FILE, or write the time into "
        report.held.append((str(file.path), f"{why}decisions.csv"))
        report.wait(assignment, student, str(file.path), "it is late by an unknown time")
        note = "late; when it came is not in the download: write the time here"
        decisions.add(Decision(assignment, student, str(file.path), file.digest, note=note))
        return
    _remember(context, assignment, student, chosen, now)
    same = [p for p in several if attempts[id(p)].found.digest == file.digest]
    one = next((p for p in same if attempts[id(p)] is chosen), same[0] if same else None)
    again = before is not None and before.found.digest == file.digest
    kept = [a for a in kept if a.found.digest != file.digest]
    # What was kept before keeps its number when the same file is taken again.
    first, then = (kept, others) if again else (others, kept)
    others = [*first, *(a for a in then if a.found.digest not in {o.found.digest for o in first})]
    count = len(others) + 1
    when = chosen.when if chosen.clock or limit is None else min(chosen.when, limit)  # the system says: in time
    shown = clock.shown(when, here) if chosen.clock else f"{'late' if chosen.late else 'in time'}, by the system's word"
    if one is None:
        said = [choice.why or f"{len(several)} other attempts do not count (the last one in time does)"]
        report.taken.append(
            Taken(student, assignment, str(file.path), "collected before", said, [], choice.review, False, shown)
        )
        return
    made, broken = artefacts(file.payload, file.path.name)
    files, said = beside(folder, one, several, made, again)
    path = _place(course, student, assignment, chosen) if again else file.path
    found = Found(path, file.payload, when)
    stored = store(course, skeleton, Submission(student, assignment, found, files, others, one.group, made, broken))
    odd = [*one.who.odd, *([f"{count} attempts; this one counts"] if count > 1 else [])]
    odd += [*([choice.why] if choice.why else []), *instead, *said]
    odd += [line.rstrip(".") for line in stored.said]
    empty = stored.record.gradable and not stored.answers
    if empty:
        odd.append("it holds no answer: all of them are as released")
    if other := stored.record.gradable and signed_by_another(stored.nb, one, context.people):
        odd.append(other)
    review = stored.record.review or bool(other) or one.who.doubt or choice.review or empty or bool(instead)
    report.taken.append(
        Taken(student, assignment, str(one.found.path), one.who.how, odd, stored.files, review, stored.new, shown)
    )


def _since(attempt: Attempt, before: Attempt, decisions: Decisions, assignment: str, student: str) -> Attempt:
    """An attempt with the time at which the same file was collected `before`, if that is the earlier one."""
    decided = decisions.of(attempt.found.digest, assignment, student)
    if attempt.found.digest != before.found.digest or before.when > attempt.when or (decided and decided.time):
        return attempt
    # A late one whose download has no time is here already, so that somebody has said its time.
    return replace(attempt, when=before.when, clock=attempt.clock or attempt.late)


def _place(course: Course, student: str, assignment: str, chosen: Attempt) -> PurePosixPath:
    """Where in the inbox a file was that is taken again: it stays the same submission under another name."""
    inbox = PurePosixPath(repair_of(course, assignment, student).inbox)
    originals = {p.name for p in (course.submitted(student, assignment) / "original").glob("*") if p.is_file()}
    return inbox if inbox.name in originals else chosen.found.path


def _undecided(context: Context, student: str, assignment: str, several: list[Pending]) -> None:
    """Say of files, of which nobody can tell the last, how to decide; their rows in decisions.csv are made ready."""
    names = ", ".join([*(str(p.found.path) for p in several[:MANY]), *(["…"] if len(several) > MANY else [])])
    for p in several:
        note = "one of several; nothing says which is the last: write no under counts if it does not count"
        context.decisions.add(Decision(assignment, student, str(p.found.path), p.found.digest, note=note))
    why = f"{len(several)} different files for {student}, {assignment}, and nothing says which is the last: {names}; "
    why += "write no under counts in decisions.csv for each that does not count (its row is there), or say "
    why += "--match FILE=ID of one that is somebody else's"
    context.report.held.append((str(several[0].found.path), why))


def _scripts_instead(
    several: list[Pending], answers: Callable[[Attempt], int], attempts: dict[int, Attempt]
) -> tuple[list[Pending], list[str]]:
    """Scripts and pages with answers that came beside notebooks without any, in their place, and what to say of it."""
    beside = [(p, script) for p in several for script in p.scripts]
    if not beside or any(answers(a) for a in attempts.values()):
        return several, []
    found: list[Pending] = []
    for p, script in beside:
        rest = {name: f for name, f in p.companions.items() if f.digest != script.digest}
        one = replace(p, found=script, rank=1, companions=rest, scripts=[])
        if answers(Attempt(script, script.changed)):
            found.append(one)
    if not found:
        return several, []
    return found, ["the notebook that came with it holds no answer, so this file counts"]


def _remember(context: Context, assignment: str, student: str, chosen: Attempt, now: set[str]) -> None:
    """Where two files had waited and one was taken out of the inbox since, that decision is written down."""
    waited = waiting(context.course, assignment).get(student, {}).get("files")
    if not isinstance(waited, dict) or chosen.found.digest not in waited or now >= set(waited):
        return
    for digest, name in waited.items():
        if digest == chosen.found.digest or digest not in now:
            counts = digest == chosen.found.digest
            note = "it was left in the inbox" if counts else "it was taken out of the inbox"
            context.decisions.add(Decision(assignment, student, str(name), digest, counts, None, note))


def _collected(context: Context, assignment: str, student: str, folder: Path) -> Attempt | None:
    """What an earlier collect has taken from this student."""
    when = handed_in_at(context.course, assignment, student)
    files = sorted(p for p in (folder / "original").glob("*") if p.is_file()) if folder.exists() else []
    if len(files) != 1 or when is None:
        return None
    found = Found(PurePosixPath(files[0].name), files[0].read_bytes(), when)
    decided = context.decisions.of(found.digest, assignment, student)
    return Attempt(found, when, kinds.rank(found) or 3, decided=decided.counts if decided else None)


def _kept(folder: Path) -> list[Attempt]:
    """Attempts that did not count before, so that they stay."""
    when = datetime.min.replace(tzinfo=UTC)
    files = sorted((folder / "original" / "attempts").glob("*"), key=_number)
    return [Attempt(Found(PurePosixPath(p.name.partition("_")[2]), p.read_bytes(), when), when) for p in files]


def _number(path: Path) -> tuple[int, str]:
    number = path.name.partition("_")[0]
    return int(number) if number.isdecimal() else 0, path.name
