"""The entries of a zip or tar: names, times, sizes, and why one is not read; counted before anything is read."""

import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import PurePosixPath
from typing import IO

from coursework.core.text import printable

MAX_FILE = 100 * 2**20  # bytes of one file
MAX_TOTAL = 16 * 2**30  # bytes of all files of one archive, the archives in it unpacked
MAX_OWN_TOTAL = 2**30  # the same, of a student's own archive
MAX_ENTRIES = 200_000
MAX_OWN_ENTRIES = 5_000  # of a student's own archive: it must not use up what the others of a download need
CHUNK = 2**20
ENTRY = b"PK\1\2"  # is before each entry in the list at the end of a zip


class UnsafeArchive(ValueError):
    """The archive cannot be read, or is too large or too deep; one line that says which."""


@dataclass
class Budget:
    """What an archive unpacks to, counted through those in it; what they use, the archives around them use, too."""

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
        if self.around:
            self.around.spend(entries, size)
        self.entries, self.total = entries_then, total


@dataclass(frozen=True)
class Member:
    """One entry of a zip or tar."""

    name: str
    size: int
    when: datetime | None
    refused: str  # why it is not read; "" if it can be
    open: Callable[[], IO[bytes]]


def in_zip(raw: IO[bytes], zone: tzinfo, budget: Budget) -> Iterator[Member]:
    """The entries of a zip, without reading one; times that name no zone are of `zone`."""
    listed = _count(raw, ENTRY)
    if listed > budget.most[0]:  # before the list is read, as that alone takes memory
        raise UnsafeArchive(f"it holds {listed:,} files, more than {budget.most[0]:,}")
    try:
        archive = zipfile.ZipFile(raw)
        entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnsafeArchive("it is not a whole zip: it is damaged, or was not uploaded to its end") from None
    for entry in entries:
        name = _spelled(entry).replace("\\", "/")
        why = _unsafe(name) or ("it is a link" if stat.S_ISLNK(entry.external_attr >> 16) else "")
        why = why or ("it is protected by a password" if entry.flag_bits & 1 else "")
        why = why or (f"it is larger than {MAX_FILE // 2**20} MiB" if entry.file_size > MAX_FILE else "")
        when = _changed(entry, zone)
        yield Member(name, entry.file_size, when, why, lambda entry=entry: archive.open(entry))  # type: ignore[misc]


def _count(raw: IO[bytes], mark: bytes) -> int:
    """How often `mark` is in a stream, which is read in parts and put back to its start."""
    found, rest = 0, b""
    while part := raw.read(CHUNK):
        found += (rest + part).count(mark)
        rest = part[-len(mark) + 1 :]
    raw.seek(0)
    return found


def in_tar(raw: IO[bytes], zone: tzinfo, budget: Budget) -> Iterator[Member]:
    """The entries of a tar, one after the other; its times are UTC."""
    try:
        archive = tarfile.open(fileobj=raw, mode="r:")  # noqa: SIM115  # closed with `raw`
        for number, entry in enumerate(archive):
            if number >= budget.most[0]:
                raise UnsafeArchive(f"it holds more than {budget.most[0]:,} files")
            if entry.isdir():
                continue
            why = _unsafe(entry.name) or ("" if entry.isreg() else "it is a link or not a plain file")
            why = why or (f"it is larger than {MAX_FILE // 2**20} MiB" if entry.size > MAX_FILE else "")
            when = datetime.fromtimestamp(entry.mtime, UTC) if 0 < entry.mtime < 2**33 else None
            yield Member(entry.name, entry.size, when, why, lambda entry=entry: archive.extractfile(entry))  # type: ignore[misc,arg-type]
    except UnsafeArchive:
        raise
    except (tarfile.TarError, ValueError, OSError, EOFError):
        raise UnsafeArchive("it is not a whole tar archive: it is damaged, or was not uploaded to its end") from None


def _spelled(entry: zipfile.ZipInfo) -> str:
    """An entry's name; older tools write UTF-8 without saying so."""
    if not entry.flag_bits & 0x800:
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return entry.filename


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
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1, tzinfo=UTC)


def _unsafe(name: str) -> str:
    """Why an entry of this name would not be below the archive's folder, or ""."""
    path = PurePosixPath(name.replace("\\", "/"))
    outside = path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0] or "\0" in name
    return f"its name {printable(name, 80)!r} leads out of the folder" if outside else ""
