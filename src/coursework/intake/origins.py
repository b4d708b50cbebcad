"""What the place of a file in a download says, by the first system that wrote a part of it.

The outermost mark counts: a system wrote it, and what is below, in a student's own folder, archive or message, is
theirs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from coursework.intake.found import Found
from coursework.intake.systems import Origin, known

About = dict[str, dict[str, Any]]  # folder → what the systems' own files say of it
WITHOUT_FILES = "it is in the system's list, and the download has no file of it"


def origin(path: PurePosixPath, about: About | None = None) -> Origin:
    """Read one path from the outside; `about` is what `own_files` found."""
    for at, part in enumerate(path.parts, 1):
        last = at == len(path.parts)
        found = _mark(part, PurePosixPath(*path.parts[:at]), last, about or {})
        if not found:
            continue
        name, when = found.file_name, found.when
        if not last:
            system = next((s for s in known() if s.name == found.system), None)
            name, when = system.within(path.name, found) if system else (path.name, when)
        return replace(found, file_name=name, when=when, download=PurePosixPath(*path.parts[: at - 1]))
    return Origin(path.name)


def marked(path: PurePosixPath) -> bool:
    """Whether a system says whose this file, or what it is in, is."""
    return any(_mark(part, PurePosixPath(part), at == len(path.parts), {}) for at, part in enumerate(path.parts, 1))


def _mark(part: str, path: PurePosixPath, last: bool, about: About) -> Origin | None:
    return next((found for s in known() if (found := s.origin(part, path, last, about))), None)


def own_files(files: Sequence[Found], refused: list[tuple[str, str]]) -> tuple[About, set[PurePosixPath]]:
    """(what the systems' own files in the download say, these files); what is not believed goes to `refused`."""
    about: About = {}
    own: set[PurePosixPath] = set()
    for system in known():
        about |= system.metadata(files, refused)
        own |= {file.path for file in files if system.own_file(file.path)}
    return about, own


def without_files(about: About, paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
    """Submissions of `own_files` of which a download with these paths has no file; none where most were taken out."""
    there = {str(parent) for path in paths for parent in path.parents}
    lacking = [PurePosixPath(folder) / "?" for folder in about if folder not in there]
    return lacking if 2 * len(lacking) <= len(about) else []


def unpack(file: Found) -> Iterator[Found] | None:
    """The files in a system's own kind of container, a message; None for anything else."""
    own = marked(file.path)
    return next((found for s in known() if (found := s.unpack(file, own)) is not None), None)
