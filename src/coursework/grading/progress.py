"""What a running `autograde` is doing, for `coursework status` in another terminal: a small file beside its lock.

The file outlives the run. Of a run that was killed it says how far that one came.
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field

import psutil

from coursework.core import stopping
from coursework.core.course import Course, busy
from coursework.core.files import read_json, write_json
from coursework.core.text import counted
from coursework.grading.autograde import Graded
from coursework.grading.verdicts import verdict_of

OFTEN = 0.5  # seconds between two writings


@dataclass
class State:
    """Of one run; times are seconds since 1970. `ended` is "" while it runs, then "done" or "stopped"."""

    host: str = ""
    process: int = 0
    born: float = 0.0  # of the process: another one may have its number later
    since: float = 0.0
    heard: float = 0.0
    first: float = 0.0  # when the first submission began
    todo: int | None = None  # None: it is still reading the submissions
    done: int = 0
    running: dict[str, tuple[str, float]] = field(default_factory=dict)  # student → (worker, since)
    ran: list[str] = field(default_factory=list)  # whose worker has gone on, and who are not recorded yet
    failed: dict[str, str] = field(default_factory=dict)
    ended: str = ""

    @property
    def alive(self) -> bool:
        """Whether the run goes on, as far as can be seen from here; of another machine's that is what it says."""
        if self.ended or self.host != socket.gethostname():
            return not self.ended
        try:
            process = psutil.Process(self.process)  # a killed one whose parent has not looked is still there by number
            return process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - self.born) < 1
        except psutil.Error:
            return False

    def seconds_left(self, now: float) -> float | None:
        """At the pace of this run so far; None while nothing is done."""
        return (now - self.first) / self.done * (self.todo - self.done) if self.done and self.todo else None


def _file(course: Course, assignment: str):
    return course.state(f"run-{assignment}.json")


def last_run(course: Course, assignment: str) -> State | None:
    """The run that goes on, or the last one; None when there was none."""
    found = read_json(_file(course, assignment))
    known = State.__dataclass_fields__
    try:
        state = State(**{name: value for name, value in found.items() if name in known})
        state.running = {student: (str(at), float(since)) for student, (at, since) in state.running.items()}
        return state
    except (AttributeError, TypeError, ValueError):  # it is not there, or of another version
        return None


@contextmanager
def told(
    course: Course, assignment: str, tell: Callable[[int, int, Graded | None], None]
) -> Iterator[tuple[Callable[[int, int, Graded | None], None], Callable[[str, str], None]]]:
    """`tell` and `began` for `autograde`, which keep the file up to date and call the given `tell`."""
    now = time.time()
    state = State(socket.gethostname(), os.getpid(), psutil.Process().create_time(), now, now)
    lock = threading.RLock()  # `began` comes from Dask's thread
    written = 0.0

    def keep(at_once: bool = False) -> None:
        nonlocal written
        state.heard = time.time()
        if at_once or state.heard - written > OFTEN:
            with suppress(OSError):  # a full disk: grading itself will say so
                write_json(_file(course, assignment), asdict(state))
            written = state.heard

    def told_of(done: int, todo: int, last: Graded | None) -> None:
        with lock:
            state.todo, state.done = todo, done
            if last is not None:
                state.running.pop(last.student, None)
                state.ran = [student for student in state.ran if student != last.student]
                if last.error:
                    state.failed[last.student] = last.error
            keep(at_once=done in (0, todo))
        tell(done, todo, last)

    def began(student: str, worker: str) -> None:
        with lock:
            state.first = state.first or time.time()
            for earlier in [s for s, (at, _) in state.running.items() if at == worker and s != student]:
                del state.running[earlier]
                state.ran.append(earlier)
            state.running[student] = (worker, time.time())
            keep()

    def end(how: str) -> None:
        state.ended = how
        keep(at_once=True)

    keep(at_once=True)
    with stopping.at_stop(lambda: end("stopped")):
        try:
            yield told_of, began
            end("done")
        finally:
            if not state.ended:
                end("stopped")


def _goes_on(course: Course, assignment: str, state: State, now: float) -> bool:
    """Whether a run goes on. One of another machine, or of a container that is gone, which has said nothing for long
    and does not hold the lock any more, does not."""
    if not state.alive or state.host == socket.gethostname():
        return state.alive
    return now - state.heard < 2 * course.settings.total_seconds or busy(course, assignment)


def report(course: Course, assignment: str, clock: Callable[[float], str]) -> list[str]:
    """The lines of `coursework status`; `clock` writes a time of day."""
    handed_in = course.students(assignment)
    verdicts = (verdict_of(course, assignment, student) for student in handed_in)
    graded = sum(bool(verdict and verdict.fingerprint) for verdict in verdicts)
    have = f"{graded} of {counted(len(handed_in), 'submission')} {'has' if len(handed_in) == 1 else 'have'} a grade"
    state, now = last_run(course, assignment), time.time()
    again = f"run `coursework autograde {assignment}`"
    if state is None:
        return [f"{assignment}: {have}. No run of autograde is known here: {again}."]
    if not _goes_on(course, assignment, state, now):
        if state.ended == "done":
            took = _span(state.heard - state.since)
            failed = f", {len(state.failed)} of them failed" if state.failed else ""
            said = f"the last run has ended, {clock(state.heard)}, after {took}: {state.done} done{failed}"
            lines = [f"{assignment}: {said}; {have}."]
        else:
            how = "was stopped, " if state.ended else "ended without a word, killed or with its machine; last heard of "
            of = f"{state.done} of {state.todo}" if state.todo is not None else "nothing"
            said = f"the last run, begun {clock(state.since)}, {how}{clock(state.heard)}, with {of} done"
            lines = [f"{assignment}: {said}; {have}. Nothing is lost: {again} for the rest."]
            lines += [
                f"  not finished: {student} on {worker}" for student, (worker, _) in sorted(state.running.items())
            ]
        return lines + _failures(state)
    where = f"process {state.process}" if state.host == socket.gethostname() else f"{state.host}/{state.process}"
    lines = [f"{assignment}: a run goes on since {clock(state.since)} ({where})"]
    if state.host != socket.gethostname():
        lines.append(f"  it runs on another machine, and was last heard of {_span(now - state.heard)} ago")
    if state.todo is None:
        return [*lines, "  it is reading the submissions"]
    waiting = max(0, state.todo - state.done - len(state.running) - len(state.ran))
    lines.append(
        f"  {state.done - len(state.failed)} graded, {len(state.running)} running, {len(state.ran)} being recorded, "
        f"{waiting} waiting, {len(state.failed)} failed, of {state.todo} in this run; {have}"
    )
    for student, (worker, since) in sorted(state.running.items(), key=lambda item: item[1][1]):
        lines.append(f"  running: {student} on {worker} since {clock(since)} ({_span(now - since)})")
    left = state.seconds_left(now)
    eta = (
        f"about {_span(left)}, until {clock(now + left)}" if left is not None else "not known before the first is done"
    )
    return [*lines, *_failures(state), f"  time left: {eta}"]


def _failures(state: State) -> list[str]:
    return [f"  failed: {student}: {why}" for student, why in sorted(state.failed.items())]


def _span(seconds: float) -> str:
    minutes, seconds = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
