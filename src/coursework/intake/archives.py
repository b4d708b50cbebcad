"""Read an inbox, folder or archive (archives within it too), without ever writing what it says where it says.

What a file is, its bytes say, not its name. What is unpacked goes to numbered files in a scratch folder, so that memory
does not grow with the inbox. A member that is unsafe, broken or too large is named, and the others are read.
"""

import bz2
import gzip
import lzma
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO, Any

from coursework.core.text import printable
from coursework.intake.found import HEAD, Found, Refused
from coursework.intake.members import CHUNK, MAX_FILE, MAX_OWN_TOTAL, MAX_TOTAL, Budget, UnsafeArchive, in_tar, in_zip

MAX_DEPTH = 5  # archives within archives
# Folders that tools make; what is in them is nobody's submission. Those with a dot in front are skipped, too.
TOOLS = {"__MACOSX", "_MACOSX", "__pycache__", "node_modules", "site-packages", "$RECYCLE.BIN", "lost+found"}
# Files of these kinds are zips or tars inside, and are meant as they are.
WHOLE = {
    *(".pt", ".pth", ".ckpt", ".npz", ".keras", ".safetensors", ".bin", ".pkl", ".onnx", ".whl", ".jar", ".epub"),
    *(".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".pages", ".numbers", ".key", ".csv", ".npy", ".idx"),
}  # fmt: skip
STREAMS: dict[str, Callable[[Any], Any]] = {"gzip": gzip.open, "bzip2": bz2.open, "xz": lzma.open}
PACKED = (".gz", ".bz2", ".xz", ".lzma")
MEANT = (".ipynb", ".py", ".json", ".html", ".md", ".qmd", ".zip")  # endings of what was packed to be submitted
NOTHING = "it holds no file, or only hidden folders"


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
    if ending == ".zip" and b"\0" in head:  # with something in front of it, as programs that unpack themselves have
        with found.open() as raw:
            return "zip" if zipfile.is_zipfile(raw) else ""
    return ""


def walk(inbox: Path, rules: Rules | None = None) -> Iterator[Found | Refused]:
    """Every file of a folder or archive. Raises UnsafeArchive when `inbox` itself is an archive that cannot be read."""
    rules = rules or Rules()
    if not inbox.is_dir():
        changed = datetime.fromtimestamp(inbox.stat().st_mtime, UTC)
        whole = Found(PurePosixPath(inbox.name), inbox, changed)
        if not container(whole):
            raise UnsafeArchive("it is not a zip or tar archive: name the folder that it is in")
        yield from _unpack(whole, PurePosixPath(), 1, rules, None, None)
        return
    for folder, folders, names in os.walk(inbox, followlinks=False):
        folders[:] = sorted(f for f in folders if not _tool(f) and not Path(folder, f, "pyvenv.cfg").exists())
        for name in sorted(names):
            path = Path(folder, name)
            where = PurePosixPath(printable(path.relative_to(inbox).as_posix()))
            if name.startswith((".", "~$")):
                continue
            if path.is_symlink() or not path.is_file():
                yield Refused(where, "it is a link or not a plain file")
                continue
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            yield from _open(Found(where, path, changed), 0, rules)


def _tool(part: str) -> bool:
    return part in TOOLS or part.startswith((".", "~$"))


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
        empty = True
        for item in _unpack(file, file.path, depth + 1, rules, around, file.changed if own else None):
            empty = False
            yield item
        if empty:
            raise UnsafeArchive(NOTHING)
    except UnsafeArchive as error:
        yield Refused(file.path, str(error))


def _stream_is_ours(file: Found, kind: str) -> bool:
    """Whether a packed stream holds a tar or a notebook, and is to be opened."""
    try:
        with file.open() as raw, STREAMS[kind](raw) as stream:
            inside = stream.read(HEAD)
    except (OSError, EOFError, lzma.LZMAError, ValueError):
        raise UnsafeArchive(f"it is a {kind} file that cannot be read: ask for the notebook itself or a zip") from None
    if inside[257:262] == b"ustar" or inside[:4] == b"PK\3\4":
        return True
    short = file.path.name[: -len(file.path.suffix)] if file.path.suffix.lower() in PACKED else ""
    return short.lower().endswith(MEANT) or any(k in inside for k in (b'"cell', b'"nbformat', b'"metadata"'))


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
        members = list((in_zip if kind == "zip" else in_tar)(raw, rules.zone, budget))
        if budget.own:  # a student's own archive is read whole or not at all
            budget.spend(len(members), sum(m.size for m in members if not m.refused))
        tools = {str(PurePosixPath(m.name).parent) for m in members if PurePosixPath(m.name).name == "pyvenv.cfg"}
        for member in members:
            path = PurePosixPath(printable(member.name))
            if any(_tool(part) for part in path.parts if part != "..") or tools & {str(p) for p in path.parents}:
                continue
            if member.refused:
                inside = [part for part in path.parts if part not in ("..", path.anchor) and not part.endswith(":")]
                yield Refused(where.joinpath(*(inside or ["?"])), member.refused)
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
    """A library's error in our own words."""
    if isinstance(error, NotImplementedError):
        return "it is packed in a way that only its own program reads"
    return "it is protected by a password" if "password" in str(error) else "it is damaged"


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
