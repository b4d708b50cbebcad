"""Read an inbox, folder or zip (zips within it too), without ever writing what it says where it says."""

import io
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath

MAX_FILE = 100 * 2**20  # bytes of one file
MAX_TOTAL = 4 * 2**30  # bytes of all files of one archive
MAX_RATIO = 200  # unpacked to packed, of files above a mebibyte
MAX_ENTRIES = 50_000
MAX_DEPTH = 3  # zips within zips


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


def walk(inbox: Path, zone: tzinfo = UTC) -> Iterator[Found | Refused]:
    """Every file of a folder or zip, whose times are in `zone` where they name none.

    Raises UnsafeArchive when `inbox` itself is an unsafe or broken zip.
    """
    if inbox.is_dir():
        for folder, folders, names in os.walk(inbox, followlinks=False):
            folders[:] = sorted(f for f in folders if f != "__MACOSX" and not f.startswith("."))
            for name in sorted(names):
                path = Path(folder, name)
                where = PurePosixPath(path.relative_to(inbox).as_posix())
                if name.startswith("."):
                    continue
                if path.is_symlink() or not path.is_file():
                    yield Refused(where, "it is a link or no plain file")
                elif path.stat().st_size > MAX_FILE:
                    yield Refused(where, f"it is larger than {MAX_FILE // 2**20} MiB")
                else:
                    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    yield from _open(where, path.read_bytes(), changed, zone)
    else:
        yield from unzip(inbox.read_bytes(), PurePosixPath(), 1, zone)


def _open(
    where: PurePosixPath, payload: bytes, changed: datetime, zone: tzinfo, depth: int = 0
) -> Iterator[Found | Refused]:
    """A file, or what is in it if it is a zip."""
    if where.suffix.lower() != ".zip":
        yield Found(where, payload, changed)
        return
    try:
        yield from list(unzip(payload, where, depth + 1, zone))
    except UnsafeArchive as error:
        yield Refused(where, str(error))


def unzip(payload: bytes, where: PurePosixPath, depth: int, zone: tzinfo = UTC) -> Iterator[Found | Refused]:
    """The files of a zip, checked whole before the first is read."""
    if depth > MAX_DEPTH:
        raise UnsafeArchive(f"zips within zips more than {MAX_DEPTH} deep")
    try:
        archive = zipfile.ZipFile(io.BytesIO(payload))
        entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnsafeArchive(f"it is no whole zip ({error})") from None
    _check(entries)
    for entry in entries:
        path = PurePosixPath(entry.filename)
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
        yield from _open(where / path, content, _changed(entry, zone), zone, depth)


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
    if len(entries) > MAX_ENTRIES:
        raise UnsafeArchive(f"it holds {len(entries):,} files, more than {MAX_ENTRIES:,}")
    total = 0
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0] or "\0" in entry.filename:
            raise UnsafeArchive(f"{entry.filename!r} would land outside the folder")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise UnsafeArchive(f"{entry.filename!r} is a link")
        total += entry.file_size
        if entry.file_size > 2**20 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise UnsafeArchive(f"{entry.filename!r} unpacks to {entry.file_size:,} bytes: a bomb")
    if total > MAX_TOTAL:
        raise UnsafeArchive(f"it unpacks to {total:,} bytes, more than {MAX_TOTAL:,}")
