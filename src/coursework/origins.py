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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from coursework.archives import Found

CANVAS = re.compile(r"^(?P<squeezed>[^\W_]+)_(?:(?P<late>LATE)_)?(?P<number>\d+)_\d+_(?P<file>.+)$")
CANVAS_ATTEMPT = re.compile(r"-(\d{1,2})(?=\.\w+$)")
MOODLE = re.compile(r"^(?P<person>[^_]+)_(?P<number>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)$")
GRADESCOPE = re.compile(r"^submission_\d+$")
CLASSROOM = re.compile(r"^(?P<one>.+?)\s+[-–]\s+(?P<two>.+?)(?P<ending>(?:\.\w+)+)$")
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


def origin(path: PurePosixPath, submissions: dict[str, dict] | None = None) -> Origin:
    """Read one path; `submissions` is Gradescope's metadata, see `gradescope`."""
    for part in path.parts[:-1]:
        if match := MOODLE.match(part):
            return Origin(path.name, "Moodle", match["person"], number=match["number"])
        if GRADESCOPE.match(part) and (about := (submissions or {}).get(part)):
            return Origin(path.name, "Gradescope", **about)
    if (match := MOODLE.match(path.name)) and match["file"]:
        return Origin(match["file"], "Moodle", match["person"], number=match["number"])
    if match := CANVAS.match(path.name):
        attempt = CANVAS_ATTEMPT.search(match["file"])
        name = CANVAS_ATTEMPT.sub("", match["file"]) if attempt else match["file"]
        return Origin(
            name, "Canvas", squeezed=match["squeezed"], number=match["number"], late=bool(match["late"]),
            attempt=int(attempt[1]) if attempt else 0,
        )  # fmt: skip
    for part in reversed(path.parts[:-1]):
        if match := EMAIL.search(part):
            person = part[: match.start()].strip(" <\"'")
            return Origin(path.name, "e-mail", person, email=match[0])
    if match := CLASSROOM.match(path.name):
        one, two = match["one"], match["two"]
        title, person = (one, two) if re.search(r"\d", one) and not re.search(r"\d", two) else (two, one)
        if re.search(r"\d", title) and not re.search(r"\d", person):
            return Origin(title + match["ending"], "Classroom", person)
    return Origin(path.name)


def gradescope(files: Iterable[Found]) -> dict[str, dict[str, Any]]:
    """folder → what submission_metadata.yml says of it: person, email, number, when."""
    import yaml

    found: dict[str, dict[str, Any]] = {}
    for file in files:
        if file.path.name != "submission_metadata.yml" or len(file.payload) > 20_000_000:
            continue
        try:
            about = yaml.safe_load(file.payload)
        except (yaml.YAMLError, RecursionError, ValueError):
            continue
        for folder, entry in about.items() if isinstance(about, dict) else ():
            if not isinstance(entry, dict):
                continue
            people = entry.get(":submitters")
            first = people[0] if isinstance(people, list) and people and isinstance(people[0], dict) else {}
            when = entry.get(":created_at")
            found[str(folder)] = {
                "person": str(first.get(":name") or ""),
                "email": str(first.get(":email") or ""),
                "number": str(first.get(":sid") or ""),
                "when": (when if when.tzinfo else when.replace(tzinfo=UTC)) if isinstance(when, datetime) else None,
            }
    return found


def unpack_mail(file: Found) -> Iterator[Found]:
    """The attachments of an .eml file, in a folder that is named by its sender, with the date of the message."""
    try:
        message = email.message_from_bytes(file.payload, policy=email.policy.default)
        sender = str(message["from"] or "")
        when = email.utils.parsedate_to_datetime(str(message["date"])) if message["date"] else file.changed
        parts = list(message.iter_attachments())
    except Exception:  # a malformed message; the library raises many kinds
        return
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    folder = file.path.with_suffix("") / re.sub(r"[/\\\0]", " ", sender)[:120]
    for part in parts:
        name = PurePosixPath((part.get_filename() or "").replace("\\", "/")).name
        try:
            payload = part.get_payload(decode=True)
        except Exception:  # an encoding that is none
            continue
        if name and isinstance(payload, bytes):
            yield Found(folder / name, payload, when.astimezone(UTC))
