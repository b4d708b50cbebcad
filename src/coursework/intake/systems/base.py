"""What a learning system tells by the place of a file in its download, and how a system is described."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from coursework.intake.found import Found

LONGEST = 120  # characters of a name or address that are kept


@dataclass(frozen=True)
class Person:
    """Somebody as a system names them; what it does not say is empty."""

    name: str = ""
    email: str = ""
    number: str = ""


@dataclass(frozen=True)
class Origin:
    """`file_name` as the student wrote it; the rest is empty where the place does not tell."""

    file_name: str
    system: str = ""
    person: str = ""  # a display name, "Jane Doe", or a group's
    squeezed: str = ""  # Canvas's lower-case lastfirst, or a group's name so
    email: str = ""
    number: str = ""  # the system's own id of the student
    late: bool = False
    attempt: int = 0
    when: datetime | None = None  # of the submission, by the system's own clock; without a zone in the course's
    clock: bool = True  # False where the times in the download are those of the download
    others: tuple[Person, ...] = ()  # who submitted together with this person
    download: PurePosixPath | None = field(default=None, compare=False)  # where the whole download is; set by `origin`

    @property
    def mark(self) -> tuple[str, ...]:
        """By what the system tells people apart; () where it does not: any "weights - v2.pt" looks like Classroom's."""
        one = self.number or self.email or self.squeezed or (self.person if self.system != "Classroom" else "")
        return (self.system, one) if one else ()

    @property
    def said(self) -> str:
        """The words by which the system names who it is."""
        return self.person or self.squeezed or self.email or self.number


class System:
    """A learning system: what it writes into names, its own files in a download, and containers of its own."""

    name = ""

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        """What one part of a path says, as far as this system wrote it; None if it did not.

        Args:
            part: the last part of `path`.
            path: from the inbox to this part.
            last: whether it is the file itself, and not a folder or archive around it.
            about: what the systems' own files in the download say of a folder, by its path; see `metadata`.
        """
        return None

    def within(self, file_name: str, found: Origin) -> tuple[str, datetime | None]:
        """What this system writes into the names of the files in a place of its own: (the student's name, the time)."""
        return file_name, found.when

    def metadata(self, files: Iterable[Found], refused: list[tuple[str, str]]) -> dict[str, dict[str, Any]]:
        """folder → fields of its `Origin`, from files that the system writes beside submissions.

        What is not believed goes to `refused`, with the reason.
        """
        return {}

    def own_file(self, path: PurePosixPath) -> bool:
        """Whether a file is the system's, and nobody's submission."""
        return False

    def unpack(self, file: Found, own: bool) -> Iterator[Found] | None:
        """The files in a container of this system, a message; None for anything else. `own`: a student handed it in."""
        return None
