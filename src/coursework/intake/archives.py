"""Read an inbox, folder or zip (zips within it too), without ever writing what it says where it says."""

import io
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath

from coursework.core.text import printable

MAX_FILE = 100 * 2**20  # bytes of one file
MAX_TOTAL = 4 * 2**30  # bytes of all files of one archive, the zips in it unpacked
MAX_OWN_TOTAL = 2**30  # the same, of a student's own zip
MAX_RATIO = 200  # unpacked to packed, of a file above a mebibyte, and of the whole archive
MAX_ENTRIES = 50_000
MAX_OWN_ENTRIES = 5_000  # of a student's own zip: it must not use up what the others of a download need
MAX_DEPTH = 3  # zips within zips
ENTRY = b"PK\1\2"  # stands before each entry in the list at the end of a zip


class UnsafeArchive(ValueError):
    """The archive would write outside its folder, holds links, or is a bomb; one line that names the entry."""


@dataclass(frozen=True)
class Found:
    """One file of the inbox: where it lay (zips as folders), what it holds, when it was changed (UTC)."""

    path: PurePosixPath
    payload: bytes
    changed: datetime


@dataclass(frozen=True)
class Refused:
    """A file that was not read, and why."""

    path: PurePosixPath
    reason: str


@dataclass(frozen=True)
class Rules:
    """How an inbox is read: the zone of times that name none, and which zips are one student's own.

    What a student's own zip says of the times in it is the student's word, so the time of the zip itself counts.
    """

    zone: tzinfo = UTC
    own: Callable[[PurePosixPath], bool] = lambda path: False


@dataclass
class Budget:
    """What an archive unpacks to, counted through the zips in it; what they use, the archives around them use, too."""

    packed: int
    own: bool = False
    around: "Budget | None" = None
    entries: int = 0
    total: int = 0

    @property
    def most(self) -> tuple[int, int]:
        """Entries and bytes."""
        return (MAX_OWN_ENTRIES, MAX_OWN_TOTAL) if self.own else (MAX_ENTRIES, MAX_TOTAL)

    def spend(self, entries: int, size: int) -> None:
        """Raises UnsafeArchive, and counts nothing, when it is too much for this archive or one around it."""
        most_entries, most = self.most
        entries_then, total = self.entries + entries, self.total + size
        if entries_then > most_entries:
            raise UnsafeArchive(f"it holds {entries_then:,} files, more than {most_entries:,}")
        if total > most:
            raise UnsafeArchive(f"it unpacks to {total:,} bytes, more than {most:,}")
        if total > 2**20 and total > MAX_RATIO * self.packed:
            raise UnsafeArchive(f"it unpacks from {self.packed:,} to {total:,} bytes: a bomb")
        if self.around:
            self.around.spend(entries, size)
        self.entries, self.total = entries_then, total


def walk(inbox: Path, rules: Rules | None = None) -> Iterator[Found | Refused]:
    """Every file of a folder or zip. Raises UnsafeArchive when `inbox` itself is an unsafe or broken zip."""
    rules = rules or Rules()
    if not inbox.is_dir():
        yield from unzip(inbox.read_bytes(), PurePosixPath(), 1, rules)
        return
    for folder, folders, names in os.walk(inbox, followlinks=False):
        folders[:] = sorted(f for f in folders if f != "__MACOSX" and not f.startswith("."))
        for name in sorted(names):
            path = Path(folder, name)
            where = PurePosixPath(printable(path.relative_to(inbox).as_posix()))
            if name.startswith("."):
                continue
            if path.is_symlink() or not path.is_file():
                yield Refused(where, "it is a link or no plain file")
            elif path.stat().st_size > MAX_FILE:
                yield Refused(where, f"it is larger than {MAX_FILE // 2**20} MiB")
            else:
                changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                yield from _open(Found(where, path.read_bytes(), changed), 0, rules)


def _open(file: Found, depth: int, rules: Rules, around: Budget | None = None) -> Iterator[Found | Refused]:
    """A file, or what is in it if it is a zip."""
    if file.path.suffix.lower() != ".zip":
        yield file
        return
    own = bool(around) or rules.own(file.path)
    try:
        yield from list(unzip(file.payload, file.path, depth + 1, rules, around, file.changed if own else None))
    except UnsafeArchive as error:
        yield Refused(file.path, str(error))


def unzip(
    payload: bytes,
    where: PurePosixPath,
    depth: int,
    rules: Rules | None = None,
    around: Budget | None = None,
    when: datetime | None = None,
) -> Iterator[Found | Refused]:
    """The files of a zip, checked whole before the first is read; `when`: the time of all of them, if it is known."""
    rules = rules or Rules()
    if depth > MAX_DEPTH:
        raise UnsafeArchive(f"zips within zips more than {MAX_DEPTH} deep")
    budget = Budget(len(payload), own=when is not None, around=around)
    if (number := payload.count(ENTRY)) > budget.most[0]:  # before the list is read, as that alone takes memory
        raise UnsafeArchive(f"it holds {number:,} files, more than {budget.most[0]:,}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
        entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnsafeArchive(f"it is no whole zip ({error})") from None
    _check(entries)
    budget.spend(len(entries), sum(e.file_size for e in entries))
    for entry in entries:
        path = PurePosixPath(printable(entry.filename))
        if "__MACOSX" in path.parts or path.name.startswith("."):
            continue
        if entry.file_size > MAX_FILE:
            yield Refused(where / path, f"it is larger than {MAX_FILE // 2**20} MiB")
            continue
        try:
            with archive.open(entry) as stream:
                content = stream.read(MAX_FILE + 1)
        except Exception as error:  # a damaged or encrypted entry; zipfile raises many kinds
            yield Refused(where / path, f"it cannot be read from the zip ({type(error).__name__})")
            continue
        yield from _open(Found(where / path, content, when or _changed(entry, rules.zone)), depth, rules, budget)


def _changed(entry: zipfile.ZipInfo, zone: tzinfo) -> datetime:
    """When an entry was changed: the extended timestamp if it has one (UTC), else the local time that zips hold."""
    extra = entry.extra
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == 0x5455 and size >= 5 and extra[4] & 1:
            return datetime.fromtimestamp(int.from_bytes(extra[5:9], "little", signed=True), UTC)
        extra = extra[4 + size :]
    try:
        return datetime(*entry.date_time, tzinfo=zone).astimezone(UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def _check(entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0] or "\0" in entry.filename:
            raise UnsafeArchive(f"{entry.filename!r} would land outside the folder")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeArchive(f"{entry.filename!r} is a link")
        if entry.file_size > 2**20 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise UnsafeArchive(f"{entry.filename!r} unpacks to {entry.file_size:,} bytes: a bomb")
