"""Gradescope: Export Submissions, `assignment_1_export/submission_123456/…` beside `submission_metadata.yml`.

The metadata name everybody who submitted together, and the time with its offset.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from coursework.core.text import printable
from coursework.intake.found import Found
from coursework.intake.recover import text_of
from coursework.intake.systems.base import LONGEST, Origin, Person, System

FOLDER = re.compile(r"^submission_\d+$")
METADATA = "submission_metadata.yml"
MAX_METADATA = 4 * 2**20  # bytes; a class of a thousand has a few hundred kilobytes
MAX_PEOPLE = 50  # of one submission
TIME = re.compile(r"^(\d{4}-\d\d-\d\d)[ T]+(\d\d:\d\d:\d\d)(\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$")


class Gradescope(System):
    name = "Gradescope"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        if last or not FOLDER.match(part):
            return None
        found = about.get(str(path))
        return Origin(part, self.name, **found) if found else Origin(part)

    def own_file(self, path: PurePosixPath) -> bool:
        return path.name == METADATA

    def metadata(self, files: Iterable[Found], refused: list[tuple[str, str]]) -> dict[str, dict[str, Any]]:
        """Gradescope writes one such file, directly above the folders of the submissions; it speaks of these alone."""
        from coursework.intake.origins import marked  # it asks all systems, this one among them

        found: dict[str, dict[str, Any]] = {}
        ours = [f for f in files if f.path.name == METADATA]
        for file in ours:
            try:
                if marked(file.path):
                    raise ValueError("it was handed in with a submission")
                if sum(f.path == file.path for f in ours) > 1:
                    raise ValueError("it is there twice, and nothing says which one is Gradescope's")
                about = read(file)
            except ValueError as error:
                refused.append((str(file.path), f"{error}; whose the submissions are is not taken from it"))
                continue
            found |= {str(file.path.parent / str(folder)): entry for folder, entry in about.items()}
        return found


def read(file: Found) -> dict[str, dict[str, Any]]:
    """folder → fields of its Origin. Raises ValueError when the metadata cannot be read."""
    import yaml

    if file.size > MAX_METADATA:
        raise ValueError(f"it is larger than {MAX_METADATA // 2**20} MiB")
    try:
        about = yaml.load(text_of(file.payload)[0], Loader=yaml.CBaseLoader)  # every value stays the text that it is
    except (yaml.YAMLError, RecursionError, ValueError):
        raise ValueError("it is not YAML that can be read") from None
    found = {}
    for folder, entry in about.items() if isinstance(about, dict) else ():
        if not isinstance(entry, dict):
            continue
        people = entry.get(":submitters")
        listed = [p for p in people if isinstance(p, dict)] if isinstance(people, list) else []
        first, *others = [_person(p) for p in listed[:MAX_PEOPLE]] or [Person()]
        found[str(folder)] = {
            "person": first.name, "email": first.email, "number": first.number, "others": tuple(others),
            "when": moment(str(entry.get(":created_at") or "")),
        }  # fmt: skip
    return found


def _person(about: dict) -> Person:
    name, email, number = (printable(str(about.get(key) or ""), LONGEST) for key in (":name", ":email", ":sid"))
    return Person(name, email, number)


def moment(text: str) -> datetime | None:
    """The moment, in UTC, of "2026-11-20 10:00:00.398571000 -05:00"; without an offset it is UTC."""
    match = TIME.match(text.strip())
    if not match:
        return None
    day, clock, fraction, offset = match.groups()
    offset = "+00:00" if offset in (None, "Z", "UTC") else offset
    try:
        return datetime.fromisoformat(f"{day} {clock}{(fraction or '.0')[:7]:0<7}{offset}").astimezone(UTC)
    except ValueError:
        return None
