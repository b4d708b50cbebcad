"""What became of the files of an inbox: taken, held back for a human, not placed."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

from coursework.intake.origins import marked

MANY = 10  # files of one container that a report names one by one


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
    when: str = ""  # on the course's clock


@dataclass
class Report:
    taken: list[Taken] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)  # (file, why it waits for a human)
    refused: list[tuple[str, str]] = field(default_factory=list)  # (file, why it was not placed)
    nothing: dict[str, list[str]] = field(default_factory=dict)  # assignment → who has submitted nothing
    strangers: list[str] = field(default_factory=list)  # folders of submitted/ whom the roster does not know
    waits: dict[str, dict[str, dict]] = field(default_factory=dict)  # assignment → student → what waits, and why

    @property
    def exit_code(self) -> int:
        """0 all placed, 3 some need review."""
        return 3 if self.held or self.refused or any(t.review for t in self.taken) else 0

    def wait(self, assignment: str, student: str, file: str, why: str, files: dict[str, str] | None = None) -> None:
        """Keep that somebody's submission could not be taken."""
        about = self.waits.setdefault(assignment, {}).setdefault(student, {"file": file, "why": why})
        if files:
            about["files"] = files


def summed(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """(file, why) for each line of a report; one line for the many files of a student's own folder, zip or message.

    Where no system says whose a zip is, several people's files may be in it: there only what has one reason is summed.
    """
    together: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for file, why in lines:
        path = PurePosixPath(file)
        within = [PurePosixPath(*path.parts[:at]) for at in range(1, len(path.parts))]
        own = next((str(p) for p in within if marked(p / "x")), "")
        packed = next((str(p) for p in within if p.suffix.lower() in (".zip", ".eml")), "")
        key = (own, "") if own else (packed, why) if packed else (file, why)
        together.setdefault(key, []).append((file, why))
    short = []
    for (place, _), those in together.items():
        many = len(those) > MANY and place != those[0][0]
        short += [(place, f"{len(those):,} files in it, e.g. {those[0][0]}: {those[0][1]}")] if many else those
    return short
