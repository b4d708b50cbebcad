"""The records beside a submission, with every key: `repair.json` in submitted/, `verdict.json` in autograded/.

They are read with every type checked, so that a damaged file is one that cannot be read, and nothing later fails on it.
What our own code makes is written as it is.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coursework.core.course import Course
from coursework.core.files import write_whole


class Record(BaseModel):
    """A JSON file of ours; a key that an earlier version wrote besides is passed over."""

    model_config = ConfigDict(ser_json_inf_nan="constants")

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The record in this file; None when it is not there, not whole, or of other types."""
        try:
            return cls.model_validate_json(path.read_bytes(), strict=True)
        except (OSError, ValidationError):
            return None

    def write(self, path: Path) -> None:
        write_whole(path, self.model_dump_json(indent=1) + "\n")


@dataclass(frozen=True)
class Repair:
    """One thing that was done to a submission.

    Attributes:
        what: Its kind: "duplicate", "missing", "locked-edited", "extra", "unreadable" …
        cell: The grade_id that it is about, if there is one.
        text: One sentence for students and staff.
        review: Whether a human should see if it was right.
    """

    what: str
    cell: str | None
    text: str
    review: bool = False


class RepairRecord(Record):
    """`repair.json`: how a submission came into the released notebook.

    Attributes:
        original: Where the file is, as it was handed in, below the record's folder.
        inbox: Where it was in the inbox.
        release: The release that it says it was made from.
        skeleton: The release that the answers were put into.
        gradable: Whether there was anything of the assignment in it.
        review: Whether any repair needs review.
        repairs: What was done, in order.
        group: Everybody whose submission it is, where the system names several.
    """

    student: str = ""
    assignment: str = ""
    original: str = ""
    inbox: str = ""
    release: str | None = None
    skeleton: str | None = None
    gradable: bool = True
    review: bool = False
    repairs: list[Repair] = Field(default_factory=list)
    group: list[str] = Field(default_factory=list)

    def add(self, what: str, cell: str | None, text: str, review: bool = False) -> None:
        self.repairs.append(Repair(what, cell, text, review))
        self.review = self.review or review


def repair_of(course: Course, assignment: str, student: str) -> RepairRecord:
    """What was done to a submission when it was taken; empty where that is not known."""
    return RepairRecord.read(course.submitted(student, assignment) / "repair.json") or RepairRecord()


@dataclass
class Finding:
    """What the judge says of one probe.

    Attributes:
        fraction: Of the points, 0 to 1.
        message: One sentence; "" where all is right.
        rung: How far the value came on the ladder of `judging.values`; None where all is right.
        misconception: File of the bank whose values these are.
        clause: The clause of the contract that the probe looks at.
        staff: The message with what the student's process said in the hidden part, where that is more.
    """

    name: str
    fraction: float
    message: str = ""
    rung: int | None = None
    misconception: str | None = None
    clause: str = "value"
    staff: str = ""


@dataclass
class CellVerdict:
    """What a test cell is worth, and why; `message` and `staff` as in `Finding`."""

    points: float
    score: float = 0.0
    message: str = ""
    staff: str = ""
    checks: list[Finding] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return self.score >= self.points

    @property
    def of_evidence(self) -> bool:
        """Whether this is said of a claim of the student's own run, not of checks."""
        return bool(self.message) and not self.checks


@dataclass(frozen=True)
class Outcome:
    """What is said of a claim: `agrees` is None where it was not tried, `fraction` where no points depend on it."""

    cell: str
    text: str
    claimed: float | None
    reproduced: float | None
    agrees: bool | None
    fraction: float | None = None
    waits: bool = False  # points wait for a human


@dataclass(frozen=True)
class Seconds:
    """Of a whole run: on the clock, of CPU, and of its slowest cell."""

    wall: float = 0.0
    cpu: float = 0.0
    slowest_cell: str | None = None
    slowest: float = 0.0


class Verdict(Record):
    """`verdict.json`: what became of a run.

    Attributes:
        fingerprint: A hash of all that the grade depends on; "" until everything of it is written.
        reasons: Why it needs review.
        missing: What is said of required tests that did not pass.
        peak_memory: Bytes.
        limits: What ended early in it.
        evidence: What came of the claims of the student's own run.
        tried: A hash of all that the evidence depends on; "" where none was tried.
        answers: grade_id → SHA-256 of the answer's cell, to know whether what is in submitted/ is what was graded.
        files: Name → SHA-256 of what came beside the notebook.
        conditions: A hash of versions, limits and data.
        cells: grade_id of a test → what it is worth.
    """

    student: str = ""
    assignment: str = ""
    release: str | None = None
    fingerprint: str = ""
    state: Literal["graded", "review"] = "review"
    reasons: list[str] = Field(default_factory=list)
    missing: list[str] = Field(default_factory=list)
    seconds: Seconds = Seconds()
    peak_memory: int = 0
    limits: list[str] = Field(default_factory=list)
    evidence: list[Outcome] = Field(default_factory=list)
    tried: str = ""
    answers: dict[str, str] | None = None
    files: dict[str, str] | None = None
    conditions: str = ""
    cells: dict[str, CellVerdict]
