"""Read an inbox, folder or archive (archives within it too), without ever writing what it says where it says.

What a file is, its bytes say, not its name. What is unpacked goes to numbered files in a scratch folder, so that memory
does not grow with the inbox. A member that is unsafe, broken or too large is named, and the others are read.
"""

import bz2
import gzip
import lzma
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO, Any

from coursework.core.text import printable

MAX_FILE = 100 * 2**20  # bytes of one file
MAX_TOTAL = 16 * 2**30  # bytes of all files of one archive, the archives in it unpacked
MAX_OWN_TOTAL = 2**30  # the same, of a student's own archive
MAX_ENTRIES = 200_000
MAX_OWN_ENTRIES = 5_000  # of a student's own archive: it must not use up what the others of a download need
MAX_DEPTH = 3  # archives within archives
CHUNK = 2**20
HEAD = 4096  # bytes by which a file is told
ENTRY = b"PK\1\2"  # is before each entry in the list at the end of a zip
# Folders that tools make; what is in them is nobody's submission. Those with a dot in front are skipped, too.
TOOLS = {"__MACOSX", "_MACOSX", "__pycache__", "node_modules", "site-packages", "$RECYCLE.BIN", "lost+found"}
# Files of these kinds are zips or tars inside, and are meant as they are.
WHOLE = {
    *(".pt", ".pth", ".ckpt", ".npz", ".keras", ".safetensors", ".bin", ".pkl", ".onnx", ".whl", ".jar", ".epub"),
    *(".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pages", ".numbers", ".key", ".csv", ".npy", ".idx"),
}  # fmt: skip
STREAMS: dict[str, Callable[[Any], Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
PACKED = (".gz", ".bz2", ".xz", ".lzma")


class UnsafeArchive(ValueError):
    """The archive cannot be read, or is too large or too deep; one line that says which."""


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


@dataclass(frozen=True)
class Rules:
    """How an inbox is read: the zone of times that name none, which archives are one student's own, where to unpack.

    What a student's own archive says of the times in it is the student's word, so the time of the archive counts.
    Without a `scratch` folder unpacked files are kept in memory.
    """

    zone: tzinfo = UTC
    own: Callable[[PurePosixPath], bool] = lambda path: False
    scratch: Path | None = None
    numbers: Iterator[int] = field(default_factory=count, repr=False)

    def keep(self, stream: IO[bytes], most: int) -> bytes | Path:
        """The rest of a stream. Raises UnsafeArchive when it holds more than `most` bytes."""
        if self.scratch is None:
            content = stream.read(most + 1)
            if len(content) > most:
                raise UnsafeArchive(f"it is larger than {most // 2**20} MiB")
            return content
        path, size = self.scratch / str(next(self.numbers)), 0
        try:
            with path.open("wb") as file:
                while part := stream.read(CHUNK):
                    size += len(part)
                    if size > most:
                        raise UnsafeArchive(f"it is larger than {most // 2**20} MiB")
                    file.write(part)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path


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


def container(found: Found) -> str:
    """What kind of archive a file is that can be opened: "zip", "tar", "gzip", "bzip2", "xz", or ""."""
    head, ending = found.head, found.path.suffix.lower()
    if ending in WHOLE:
        return ""
    if head[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08"):
        office = b"[Content_Types].xml" in head or head[30:38] == b"mimetype" or b"/data.pkl" in head
        return "" if office and ending != ".zip" else "zip"
    if head[257:262] == b"ustar":
        return "tar"
    for magic, kind in ((b"\x1f\x8b", "gzip"), (b"BZh", "bzip2"), (b"\xfd7zXZ\0", "xz")):
        if head.startswith(magic):
            return kind
    return "zip" if ending == ".zip" else ""  # a broken one is named as such


def walk(inbox: Path, rules: Rules | None = None) -> Iterator[Found | Refused]:
    """Every file of a folder or archive. Raises UnsafeArchive when `inbox` itself is an archive that cannot be read."""
    rules = rules or Rules()
    if not inbox.is_dir():
        changed = datetime.fromtimestamp(inbox.stat().st_mtime, UTC)
        whole = Found(PurePosixPath(inbox.name), inbox, changed)
        if not container(whole):
            raise UnsafeArchive("it is not a zip or tar archive")
        yield from _unpack(whole, PurePosixPath(), 1, rules, None, None)
        return
    for folder, folders, names in os.walk(inbox, followlinks=False):
        folders[:] = sorted(f for f in folders if not _tool(f) and not Path(folder, f, "pyvenv.cfg").exists())
        for name in sorted(names):
            path = Path(folder, name)
            where = PurePosixPath(printable(path.relative_to(inbox).as_posix()))
            if name.startswith("."):
                continue
            if path.is_symlink() or not path.is_file():
                yield Refused(where, "it is a link or not a plain file")
                continue
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield from _open(Found(where, path, changed), 0, rules)


def _tool(part: str) -> bool:
    return part in TOOLS or part.startswith(".")


def _open(file: Found, depth: int, rules: Rules, around: Budget | None = None) -> Iterator[Found | Refused]:
    """A file, or what is in it if it is an archive."""
    if not (kind := container(file)):
        yield file if file.size <= MAX_FILE else Refused(file.path, f"it is larger than {MAX_FILE // 2**20} MiB")
        return
    own = bool(around) or rules.own(file.path)
    try:
        if kind in STREAMS and not _stream_is_ours(file, kind):
            yield file  # data that is packed on its own
            return
        yield from _unpack(file, file.path, depth + 1, rules, around, file.changed if own else None)
    except UnsafeArchive as error:
        yield Refused(file.path, str(error))


def _stream_is_ours(file: Found, kind: str) -> bool:
    """Whether a packed stream holds a tar or a notebook, and is to be opened."""
    try:
        with file.open() as raw, STREAMS[kind](raw) as stream:
            inside = stream.read(HEAD)
    except (OSError, EOFError, lzma.LZMAError, ValueError):
        raise UnsafeArchive(f"it is a {kind} file that cannot be read: ask for the notebook itself or a zip") from None
    return inside[257:262] == b"ustar" or b'"cell' in inside or b'"nbformat' in inside or b'"metadata"' in inside


def unzip(
    payload: bytes,
    where: PurePosixPath,
    depth: int,
    rules: Rules | None = None,
    around: Budget | None = None,
    when: datetime | None = None,
) -> Iterator[Found | Refused]:
    """The files of an archive in memory; `when`: the time of all of them, if it is known."""
    yield from _unpack(
        Found(where or PurePosixPath("x.zip"), payload, datetime.now(UTC)), where, depth, rules or Rules(), around, when
    )


def _unpack(
    file: Found, where: PurePosixPath, depth: int, rules: Rules, around: Budget | None, when: datetime | None
) -> Iterator[Found | Refused]:
    """The files of a zip, tar or packed stream. Raises UnsafeArchive when nothing in it is read."""
    if depth > MAX_DEPTH:
        raise UnsafeArchive(f"archives within archives more than {MAX_DEPTH} deep")
    budget = Budget(own=when is not None, around=around)
    kind = container(file) or "zip"
    with file.open() as raw:
        if kind in STREAMS:
            yield from _stream(raw, kind, file, where, depth, rules, budget, when)
            return
        members = list((_zip if kind == "zip" else _tar)(raw, file, rules, budget))
        if budget.own:  # a student's own archive is read whole or not at all
            budget.spend(len(members), sum(m.size for m in members if not m.refused))
        tools = {str(PurePosixPath(m.name).parent) for m in members if PurePosixPath(m.name).name == "pyvenv.cfg"}
        for member in members:
            path = PurePosixPath(printable(member.name))
            if any(_tool(part) for part in path.parts if part != "..") or tools & {str(p) for p in path.parents}:
                continue
            if member.refused:
                yield Refused(where / (path.name or "?"), member.refused)
                continue
            try:
                if not budget.own:
                    budget.spend(1, min(member.size, MAX_FILE))
                with member.open() as stream:
                    content = rules.keep(stream, MAX_FILE)
            except UnsafeArchive as error:
                yield Refused(where / path, str(error))
                continue
            except Exception as error:  # a damaged or encrypted entry; the libraries raise many kinds
                yield Refused(where / path, f"it cannot be read from the archive ({_why(error)})")
                continue
            yield from _open(Found(where / path, content, when or member.when or file.changed), depth, rules, budget)


def _why(error: Exception) -> str:
    text = printable(str(error), 80)
    return text if isinstance(error, (zipfile.BadZipFile, RuntimeError)) and text else "it is damaged"


def _stream(
    raw: IO[bytes],
    kind: str,
    file: Found,
    where: PurePosixPath,
    depth: int,
    rules: Rules,
    budget: Budget,
    when: datetime | None,
) -> Iterator[Found | Refused]:
    """What a gzip, bzip2 or xz file holds: a tar, or one file that is called as the packed one without its ending."""
    try:
        with STREAMS[kind](raw) as stream:
            content = rules.keep(stream, MAX_OWN_TOTAL if budget.own else MAX_TOTAL)
    except UnsafeArchive:
        raise
    except Exception as error:
        raise UnsafeArchive(f"it cannot be unpacked ({_why(error)}): ask for the notebook itself or a zip") from None
    name = file.path.name
    short = name[: -len(file.path.suffix)] if file.path.suffix.lower() in PACKED else name
    inside = Found(where / short, content, file.changed)
    if container(inside) == "tar":
        yield from _unpack(inside, where, depth, rules, budget.around, when)
        return
    budget.spend(1, inside.size)
    yield from _open(inside, depth, rules, budget)


def _zip(raw: IO[bytes], file: Found, rules: Rules, budget: Budget) -> Iterator[Member]:
    listed = _count(raw, ENTRY)
    if listed > budget.most[0]:  # before the list is read, as that alone takes memory
        raise UnsafeArchive(f"it holds {listed:,} files, more than {budget.most[0]:,}")
    try:
        archive = zipfile.ZipFile(raw)
        entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnsafeArchive(f"it is not a whole zip ({error})") from None
    for entry in entries:
        name = _spelled(entry).replace("\\", "/")
        why = _unsafe(name) or ("it is a link" if stat.S_ISLNK(entry.external_attr >> 16) else "")
        why = why or ("it is protected by a password" if entry.flag_bits & 1 else "")
        why = why or (f"it is larger than {MAX_FILE // 2**20} MiB" if entry.file_size > MAX_FILE else "")
        when = _changed(entry, rules.zone)
        yield Member(name, entry.file_size, when, why, lambda entry=entry: archive.open(entry))  # type: ignore[misc]


def _count(raw: IO[bytes], mark: bytes) -> int:
    """How often `mark` is in a stream, which is read in parts and put back to its start."""
    found, rest = 0, b""
    while part := raw.read(CHUNK):
        found += (rest + part).count(mark)
        rest = part[-len(mark) + 1 :]
    raw.seek(0)
    return found


def _tar(raw: IO[bytes], file: Found, rules: Rules, budget: Budget) -> Iterator[Member]:
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
    except (tarfile.TarError, ValueError, OSError, EOFError) as error:
        if isinstance(error, UnsafeArchive):
            raise
        raise UnsafeArchive(f"it is not a whole tar archive ({printable(str(error), 80)})") from None


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
