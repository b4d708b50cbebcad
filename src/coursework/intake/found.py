"""One file of an inbox: where it was, its bytes, its time, whose it is; and what was not read, with the reason."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

HEAD = 4096  # bytes by which a file is told


@dataclass(frozen=True)
class Found:
    """One file of the inbox: where it was (archives as folders), its bytes or the file with them, its time (UTC)."""

    path: PurePosixPath
    content: bytes | Path = field(repr=False)
    changed: datetime

    @property
    def payload(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content.read_bytes()

    @cached_property
    def size(self) -> int:
        return len(self.content) if isinstance(self.content, bytes) else self.content.stat().st_size

    @cached_property
    def head(self) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(HEAD)

    @cached_property
    def digest(self) -> str:
        return sha256(self.payload).hexdigest()

    def open(self) -> IO[bytes]:
        return BytesIO(self.content) if isinstance(self.content, bytes) else self.content.open("rb")


@dataclass(frozen=True)
class Refused:
    """A file that was not read, and why."""

    path: PurePosixPath
    reason: str


@dataclass
class Identity:
    """`how` says by what the student was found; `odd` lists what had to be overlooked."""

    student: str
    assignment: str
    how: str
    last: str = ""
    first: str = ""
    odd: list[str] = field(default_factory=list)
    doubt: bool = False  # the system and the file name speak of different people
