"""Where the parts of a course are, its settings, and nbgrader's configuration, loaded once.

What a file inside of these folders is called, the module knows that writes it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat.notebooknode import NotebookNode
from traitlets import Bool, Dict, Enum, Float, Integer, List, TraitError, Unicode
from traitlets.config import Config, Configurable, PyFileConfigLoader

from coursework.core import clock
from coursework.core.files import share_with_group
from coursework.core.records import nearest

if TYPE_CHECKING:  # nbgrader takes more than a second to import, and is not needed to find a course
    from nbgrader.coursedir import CourseDirectory

CONFIG_NAME = "nbgrader_config.py"


class StaffError(Exception):
    """A fault on the staff's side, said in one line that tells what to do; commands exit with 1."""


def read_notebook(path: Path) -> NotebookNode:
    """A notebook of the course's own, from source/ or release/; raises StaffError when it cannot be read.

    A submission may be damaged in any way and is read by `recover`.
    """
    try:
        return nbformat.read(path, as_version=4)
    except OSError:
        raise  # it names the file
    except Exception as error:  # no JSON, no UTF-8, or JSON of something else: nbformat lets anything through
        why = " ".join(str(error.__cause__ or error).split())[:120]  # the cause of "not JSON" has the line
        raise StaffError(f"{path} cannot be read as a notebook: {why}") from None


def read_text(path: Path) -> str:
    """A text of the course's own, an answer of the bank; raises StaffError when it is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise StaffError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from None


class CourseworkSettings(Configurable):
    """The settings that nbgrader does not have; set in nbgrader_config.py as ``c.CourseworkSettings.…``."""

    badge_base = Unicode(
        "", help="owner/repository/blob/branch/prefix of the public copy of release/, for Colab badges"
    ).tag(config=True)
    refuse_bad_names = Bool(False, help="refuse a file whose name breaks the rule; else a warning").tag(config=True)
    assert_tests = Bool(
        False, help="tests may be asserts without probes, as in plain nbgrader: the student's process decides them"
    ).tag(config=True)
    variants = Bool(False, help="items with a table in variants/ have numbers by the student's id").tag(config=True)
    id_hint = Unicode("", help="what students write as their id, for variants: 'your user name'").tag(config=True)
    hold_incomplete = Bool(
        False, help="leave the total open in the grade table while a required answer (the honor code) is missing"
    ).tag(config=True)
    roster = Unicode("", help="CSV of the class: id, last, first, email, section, number, extension").tag(config=True)
    students_python = Unicode("", help="the students' Python (3.13) where a submission does not say").tag(config=True)
    time_zone = Unicode("UTC", help="of the deadlines, e.g. Europe/Berlin").tag(config=True)
    deadlines = Dict(help='assignment → "2026-10-05 23:59", in the time zone above').tag(config=True)
    grace_minutes = Integer(0, min=0, help="a submission this late is still in time").tag(config=True)
    grace_days = Integer(0, min=0, help="late days that a student may take in the whole course without loss").tag(
        config=True
    )
    late_multiplier = Float(1.0, min=0.0, max=1.0, help="factor on the score a late day, e.g. 0.9").tag(config=True)
    late_days_most = Integer(0, min=0, help="after so many late days the score is 0; 0: never").tag(config=True)
    weights = Dict(help="assignment → its weight in the course; default: its points").tag(config=True)
    best_of = Integer(0, min=0, help="so many assignments count, each student's best; 0: all").tag(config=True)
    bonus: List = List(help="assignments that can only add to a total, and never lower it").tag(config=True)
    smtp = Unicode("", help="HOST:PORT of the mail server that `coursework return --by mail` uses").tag(config=True)
    smtp_security = Enum(["starttls", "tls", "none"], "starttls", help="how mail is encrypted").tag(config=True)
    smtp_user = Unicode("", help="login there; the password is in $COURSEWORK_SMTP_PASSWORD").tag(config=True)
    mail_from = Unicode("", help="sender of mails: 'Deep Learning <dl@uni.example>'").tag(config=True)
    mail_template = Unicode("", help="file with `Subject: …`, an empty line and the text; default: ours").tag(
        config=True
    )
    engine = Enum(
        ["dask", "serial"], "dask", help="dask: several notebooks at once; serial: one after the other, in this process"
    ).tag(config=True)
    workers = Integer(0, help="notebooks graded at once on this machine; 0: one per core").tag(config=True)
    gpus = Integer(0, min=0, help="GPUs of this machine, each for one notebook at a time that asks for one").tag(
        config=True
    )
    scheduler = Unicode("", help="address of a Dask scheduler; empty: a local cluster").tag(config=True)
    cluster = Dict(help='a batch system that starts the workers, e.g. {"kind": "slurm", "jobs": [1, 20], …}').tag(
        config=True
    )
    cluster_keys = Unicode("", help="folder of `coursework cluster keys`, for a scheduler at tls://…").tag(config=True)
    cell_seconds = Integer(20, help="wall-clock limit of one cell, seconds").tag(config=True)
    total_seconds = Integer(240, help="wall-clock limit of one notebook, seconds").tag(config=True)
    memory_gib = Float(4.0, help="memory limit of one notebook with all its processes, GiB").tag(config=True)

    @property
    def zone(self) -> tzinfo:
        return clock.zone(self.time_zone)


@contextmanager
def alone(course: "Course", assignment: str) -> Iterator[None]:
    """Nobody else grades or collects this assignment here meanwhile; raises StaffError when somebody does."""
    with course.state(f"grading-{assignment}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StaffError(
                f"{assignment} is being graded or collected here already: wait until that run has ended"
            ) from None
        yield


def busy(course: "Course", assignment: str) -> bool:
    """Whether somebody grades or collects this assignment now, as far as the lock in this folder tells."""
    with course.state(f"grading-{assignment}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@dataclass(frozen=True)
class Course:
    """A course folder: the one that holds nbgrader_config.py."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> "Course":
        """The course that `start` (default: the working folder) is in; raises StaffError when there is none."""
        here = (start or Path.cwd()).resolve()
        for folder in (here, *here.parents):
            if (folder / CONFIG_NAME).exists():
                share_with_group(folder)
                return cls(folder)
        raise StaffError(
            f"no {CONFIG_NAME} in {here} or above: run this in the course folder, or name it with --course"
        )

    @cached_property
    def config(self) -> Config:
        """nbgrader's configuration, with this folder as the course's root."""
        from coursework.core import brackets

        brackets.allow()
        try:
            config = PyFileConfigLoader(CONFIG_NAME, path=str(self.root)).load_config()
        except Exception as error:  # it is Python: anything may be raised
            where = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
            raise StaffError(f"{CONFIG_NAME}{where} cannot be read: {type(error).__name__}: {error}") from None
        config.CourseDirectory.root = str(self.root)
        return config

    @cached_property
    def settings(self) -> CourseworkSettings:
        traits = sorted(CourseworkSettings.class_traits(config=True))
        if strange := sorted(set(self.config.CourseworkSettings) - set(traits)):  # traitlets only warns
            raise StaffError(f"{CONFIG_NAME} sets c.CourseworkSettings.{strange[0]}: {nearest(strange[0], traits)}")
        try:
            found = CourseworkSettings(config=self.config)
        except TraitError as error:
            raise StaffError(f"{CONFIG_NAME}: {error}") from None
        try:
            here = found.zone
        except ValueError as error:
            raise StaffError(f"{CONFIG_NAME}, c.CourseworkSettings.time_zone: {error}") from None
        for assignment, text in found.deadlines.items():
            try:
                clock.moment(str(text), here)
            except ValueError as error:
                raise StaffError(f"{CONFIG_NAME}, the deadline of {assignment}: {error}") from None
        for what, names in (("deadline", found.deadlines), ("weight", found.weights), ("bonus", found.bonus)):
            if unknown := sorted(set(names) - set(self.assignments)):
                known = ", ".join(self.assignments) or "none yet"
                raise StaffError(f"{CONFIG_NAME} has a {what} for {unknown[0]!r}, but source/ has {known}")
        for name, weight in found.weights.items():
            if not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 <= weight < float("inf"):
                raise StaffError(f"{CONFIG_NAME}: the weight of {name} is {weight!r}; it must be a number, 0 or more")
        return found

    def directory(self, assignment: str = "", student: str = "*", **changes: str) -> "CourseDirectory":
        """nbgrader's own view of the folders, for its converters; `changes` override traits (db_url, …)."""
        from nbgrader.coursedir import CourseDirectory

        directory = CourseDirectory(config=self.config)
        directory.assignment_id, directory.student_id = assignment, student
        for name, value in changes.items():
            setattr(directory, name, value)
        return directory

    @cached_property
    def db_url(self) -> str:
        return self.directory().db_url

    @cached_property
    def assignments(self) -> list[str]:
        """The assignments that have a source, in order."""
        return sorted(p.parent.name for p in self.stage("source").glob("*/*.ipynb") if p.stem == p.parent.name)

    def source(self, assignment: str) -> Path:
        """The source notebook; raises StaffError when there is none."""
        path = self.stage("source") / assignment / f"{assignment}.ipynb"
        if not path.exists():
            known = ", ".join(self.assignments) or "none yet"
            raise StaffError(f"no assignment {assignment!r}: source/ has {known}")
        return path

    def stage(self, name: str) -> Path:
        """The folder of one of nbgrader's stages, as its configuration names it (``CourseDirectory.…_directory``).

        Args:
            name: source, release, submitted, autograded or feedback.
        """
        return self.root / getattr(self._folders, f"{name}_directory")

    @cached_property
    def _folders(self) -> "CourseDirectory":
        return self.directory()

    def released(self, assignment: str) -> Path:
        return self.stage("release") / assignment / f"{assignment}.ipynb"

    def submitted(self, student: str, assignment: str) -> Path:
        return self.stage("submitted") / student / assignment

    def autograded(self, student: str, assignment: str) -> Path:
        return self.stage("autograded") / student / assignment

    def feedback(self, student: str, assignment: str) -> Path:
        return self.stage("feedback") / student / assignment

    def holders(self, stage: str, assignment: str, file: str) -> list[str]:
        """The students who have `file` of this assignment in a stage's folder, in order."""
        return sorted(p.parent.parent.name for p in self.stage(stage).glob(f"*/{assignment}/{file}"))

    def report(self, assignment: str) -> Path:
        """What staff get of the class."""
        return self.root / "report" / assignment

    def bank(self, assignment: str) -> Path:
        return self.root / "bank" / assignment

    def variants(self, assignment: str) -> Path:
        """Tables of numbers that students draw, and answers in terms of them (`judging.variants`)."""
        return self.root / "variants" / assignment

    def proof(self, assignment: str) -> Path:
        """The record that the tests of this very source were proven, with the misconceptions' signatures. With variants
        the source is another one: it has a record of its own."""
        own = self.variants(assignment)
        varied = self.settings.variants and (own / "variants.toml").exists()
        return (own if varied else self.bank(assignment)) / "proof.json"

    def state(self, name: str) -> Path:
        """A file of ours that can be made again (reference emissions, proofs in the making)."""
        path = self.root / ".coursework" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def students(self, assignment: str) -> list[str]:
        """Who handed in, by folder."""
        return self.holders("submitted", assignment, f"{assignment}.ipynb")

    @property
    def data_folder(self) -> Path:
        """Where the data sets belong, there or not: $COURSEWORK_DATA, else data/."""
        named = os.environ.get("COURSEWORK_DATA")
        return Path(named).resolve() if named else self.root / "data"

    @cached_property
    def data_contents(self) -> list[tuple[str, int]]:
        """Name and size of every file of the data sets, in order: by it a result knows which ones it is of."""
        files = sorted(p for p in self.data.rglob("*") if p.is_file()) if self.data else []
        return [(p.relative_to(self.data).as_posix(), p.stat().st_size) for p in files if self.data]

    @cached_property
    def data(self) -> Path | None:
        """The data sets for the sandbox: the folder above if something is in it, else None."""
        folder = self.data_folder
        if os.environ.get("COURSEWORK_DATA"):
            if not folder.is_dir():
                raise StaffError(f"COURSEWORK_DATA names {folder}, which is not a folder: correct or unset it")
            return folder
        has_sets = folder.is_dir() and any(p.is_dir() for p in folder.iterdir())
        return folder if has_sets else None
