"""What the place of a file in a download says: who handed it in, when, and how the student had named it.

Known shapes, as the systems write them:

- Canvas:      `doejane_LATE_12345_678901_Doe_Jane_hw1-mlp-2.ipynb` (family name first, squeezed; -2: the third attempt)
- Moodle:      `Jane Doe_1234567_assignsubmission_file_/Doe_Jane_hw1-mlp.ipynb`, or the folder as the file's prefix
- Gradescope:  `assignment_1_export/submission_123456/…` beside `submission_metadata.yml`
- Classroom:   `Jane Doe - hw1-mlp.ipynb`, `hw1-mlp - Jane Doe.ipynb`
- e-mail:      a folder named by the sender, `jane@uni.edu` or `Jane Doe <jane@uni.edu>`; or .eml files
"""

import email
import email.policy
import email.utils
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from coursework.core.text import printable
from coursework.intake.archives import Found

CANVAS = re.compile(r"^(?P<squeezed>[^\W_]+)_(?:(?P<late>LATE)_)?(?P<number>\d+)_\d+_(?P<file>.+)$")
CANVAS_ATTEMPT = re.compile(r"-(\d{1,2})(?=\.\w+$)")
MOODLE = re.compile(r"^(?P<person>[^_]+)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)$")
GRADESCOPE = re.compile(r"^submission_\d+$")
CLASSROOM = re.compile(r"^(?P<one>.+?)\s+[-–]\s+(?P<two>.+?)(?P<ending>(?:\.\w+)+)$")
METADATA = "submission_metadata.yml"
MAX_METADATA = 4 * 2**20  # bytes; a class of a thousand has a few hundred kilobytes
LONGEST = 120  # characters of a name or address that are kept
MANY = 10  # files of one container that a report names one by one
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Origin:
    """`file_name` as the student wrote it; the rest is empty where the place does not tell."""

    file_name: str
    system: str = ""
    person: str = ""  # a display name, "Jane Doe"
    squeezed: str = ""  # Canvas's lower-case lastfirst
    email: str = ""
    number: str = ""  # the system's own id of the student
    late: bool = False
    attempt: int = 0
    when: datetime | None = None

    @property
    def mark(self) -> tuple[str, ...]:
        """By what the system tells people apart; () where it does not: any "weights - v2.pt" looks like Classroom's."""
        one = self.number or self.email or self.squeezed or (self.person if self.system != "Classroom" else "")
        return (self.system, one) if one else ()


def origin(path: PurePosixPath, submissions: dict[str, dict] | None = None) -> Origin:
    """Read one path from the outside; `submissions` is Gradescope's metadata, see `gradescope`.

    The first mark counts: a system wrote it, and what lies below, in a student's own folder, zip or message, is theirs.
    """
    for at, part in enumerate(path.parts, 1):
        found = _mark(part, PurePosixPath(*path.parts[:at]), at == len(path.parts), submissions or {})
        if found:
            return replace(found, file_name=found.file_name if at == len(path.parts) else path.name)
    return Origin(path.name)


def marked(path: PurePosixPath) -> bool:
    """Whether a system says whose this file, or what it lies in, is."""
    return any(_mark(part, PurePosixPath(part), at == len(path.parts), {}) for at, part in enumerate(path.parts, 1))


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


def _mark(part: str, path: PurePosixPath, last: bool, submissions: dict[str, dict]) -> Origin | None:
    """What one part of a path says, as far as a system wrote it; `path` ends with it."""
    container = part.lower().endswith((".zip", ".eml"))
    if (match := MOODLE.match(part)) and (not last or match["file"]):
        return Origin(match["file"], "Moodle", match["person"], number=match["number"])
    if not last and GRADESCOPE.match(part):
        about = submissions.get(str(path))
        return Origin(part, "Gradescope", **about) if about else Origin(part)
    if (last or container) and (match := CANVAS.match(part)):
        attempt = CANVAS_ATTEMPT.search(match["file"])
        name = CANVAS_ATTEMPT.sub("", match["file"]) if attempt else match["file"]
        return Origin(
            name, "Canvas", squeezed=match["squeezed"], number=match["number"], late=bool(match["late"]),
            attempt=int(attempt[1]) if attempt else 0,
        )  # fmt: skip
    if not last and not part.lower().endswith(".eml") and (match := EMAIL.search(part)):
        return Origin(part, "e-mail", part[: match.start()].strip(" <\"'"), email=match[0])
    if (last or container) and (match := CLASSROOM.match(part)):
        one, two = match["one"], match["two"]
        title, person = (one, two) if re.search(r"\d", one) and not re.search(r"\d", two) else (two, one)
        full = not container or len(person.split()) > 1  # "Section 2 - Tuesday.zip" is nobody's
        if full and re.search(r"\d", title) and not re.search(r"\d", person):
            return Origin(title + match["ending"], "Classroom", person)
    return None


def gradescope(files: Iterable[Found], refused: list[tuple[str, str]] | None = None) -> dict[str, dict[str, Any]]:
    """folder (its path) → what the submission_metadata.yml beside it says of it: person, email, number, when.

    Gradescope writes one such file, directly above the folders of the submissions; it speaks of these alone. One that a
    student has handed in is not believed. What is not goes to `refused`, with the reason.
    """
    found: dict[str, dict[str, Any]] = {}
    ours = [f for f in files if f.path.name == METADATA]
    for file in ours:
        try:
            if marked(file.path):
                raise ValueError("it was handed in with a submission")
            if sum(f.path == file.path for f in ours) > 1:
                raise ValueError("it is there twice, and nothing says which one is Gradescope's")
            about = _read(file.payload)
        except ValueError as error:
            if refused is not None:
                refused.append((str(file.path), f"{error}; whose the submissions are is not taken from it"))
            continue
        found |= {str(file.path.parent / str(folder)): entry for folder, entry in about.items()}
    return found


def _read(payload: bytes) -> dict[str, dict[str, Any]]:
    """Gradescope's metadata, folder → entry. Raises ValueError when it cannot be read."""
    import yaml

    if len(payload) > MAX_METADATA:
        raise ValueError(f"it is larger than {MAX_METADATA // 2**20} MiB")
    try:
        about = yaml.load(payload, Loader=yaml.CSafeLoader)  # the safe loader, in C: the other takes seconds
    except (yaml.YAMLError, RecursionError, ValueError):
        raise ValueError("it is no YAML that can be read") from None
    found = {}
    for folder, entry in about.items() if isinstance(about, dict) else ():
        if not isinstance(entry, dict):
            continue
        people = entry.get(":submitters")
        first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
        when = entry.get(":created_at")
        found[str(folder)] = {
            "person": printable(str(first.get(":name") or ""), LONGEST),
            "email": printable(str(first.get(":email") or ""), LONGEST),
            "number": printable(str(first.get(":sid") or ""), LONGEST),
            "when": (when if when.tzinfo else when.replace(tzinfo=UTC)) if isinstance(when, datetime) else None,
        }
    return found


def unpack_mail(file: Found) -> Iterator[Found]:
    """The attachments of an .eml file, in a folder that is named by its sender, with the date of the message.

    A message that a student has handed in is only a container: its sender and its date are the student's word.
    """
    try:
        message = email.message_from_bytes(file.payload, policy=email.policy.default)
        people = message["from"].addresses if message["from"] else ()
        when = email.utils.parsedate_to_datetime(str(message["date"])) if message["date"] else file.changed
        parts = list(message.iter_attachments())
    except Exception:  # a malformed message; the library raises many kinds
        return
    folder, own = file.path, marked(file.path)
    if own:
        when = file.changed
    elif people:
        # The name is what the sender likes; only the address may look like one.
        name = re.sub(r"[/\\@<>]", " ", people[0].display_name)[:LONGEST]
        folder /= printable(f"{name} <{people[0].addr_spec.replace('/', ' ')}>".strip(), 2 * LONGEST)
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    for part in parts:
        try:
            name = PurePosixPath(printable(part.get_filename() or "").replace("\\", "/")).name
            payload = part.get_payload(decode=True)
        except Exception:  # an encoding that is none
            continue
        if name and isinstance(payload, bytes):
            yield Found(folder / name, payload, when.astimezone(UTC))
