"""Systems whose download says in one folder's or file's name who it is: Blackboard, Brightspace, ILIAS, Sakai.

`hw1_jdoe_attempt_2026-10-05-18-00-00_Doe_Jane_hw1-mlp.ipynb` (Blackboard), and without a file's name the text that came
with the attempt; `12345-67890 - Jane Doe - Oct 5, 2026 800 PM/` (Brightspace); `Doe_Jane_jdoe_12345/` with the time in
front of each file, `20261005180000_hw1-mlp.ipynb` (ILIAS); `Doe, Jane(jdoe)/Submission attachment(s)/` (Sakai). Their
times are those of the server, which is taken to be in the course's zone.
"""

import re
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from coursework.intake.systems.base import Origin, System

BLACKBOARD = re.compile(r"^.+?_(?P<login>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)$")
BRIGHTSPACE = re.compile(
    r"^\d+-\d+ ?- ?(?P<person>.+?) ?- ?(?P<when>(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2} [^\W\d_]{3,9}\.?),? \d{4},?"
    r" (?P<hour>\d{1,2})[:.]?(?P<minute>\d\d)(?P<half> ?[AP]M)?)(?: - (?P<file>.+))?$"
)
ILIAS = re.compile(r"^(?P<last>[^\W\d_][^_\d]*)_(?P<first>[^\W\d_][^_\d]*)_(?P<login>[^_\s]+)_(?P<number>\d+)$")
STAMPED = re.compile(r"^(?P<when>20\d{12})_(?P<file>.+)$")
SAKAI = re.compile(r"^(?P<last>[^,()]+), (?P<first>[^,()]+)\((?P<login>[^()]+)\)(?P<text>_submissionText\.html)?$")


def _moment(text: str, form: str) -> datetime | None:
    """A time without a zone; None when it is none."""
    try:
        return datetime.strptime(text, form)
    except ValueError:
        return None


class Blackboard(System):
    name = "Blackboard"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        match = BLACKBOARD.match(part)
        if not match:
            return None
        when = _moment(match["when"], "%Y-%m-%d-%H-%M-%S")
        login = match["login"]
        group = login if " " in login else ""  # no login has a blank
        file = match["file"] or "comments.txt"
        return Origin(file, self.name, group, number="" if group else login, when=when)


class Brightspace(System):
    name = "Brightspace"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        match = BRIGHTSPACE.match(part)
        if not match or (last and not match["file"]):
            return None
        day = re.sub(r"[.,]", "", match["when"][: match.start("hour") - match.start("when")]).strip()
        clock = f"{day} {match['hour']}:{match['minute']} {(match['half'] or '').strip()}".strip()
        hours = "%I:%M %p" if match["half"] else "%H:%M"
        days = ("%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y")
        when = next(filter(None, (_moment(clock, f"{form} {hours}") for form in days)), None)
        return Origin(match["file"] or part, self.name, match["person"], when=when)


class Ilias(System):
    name = "ILIAS"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        match = None if last else ILIAS.match(part)
        if not match:
            return None
        return Origin(part, self.name, f"{match['first']} {match['last']}", number=match["login"])

    def within(self, file_name: str, found: Origin) -> tuple[str, datetime | None]:
        """The name and time of a file in a student's folder."""
        match = STAMPED.match(file_name)
        return (match["file"], _moment(match["when"], "%Y%m%d%H%M%S")) if match else (file_name, None)


class Sakai(System):
    name = "Sakai"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        match = SAKAI.match(part)
        if not match or bool(match["text"]) != last:
            return None
        return Origin("submissionText.html", self.name, f"{match['first']} {match['last']}", number=match["login"])

    def own_file(self, path: PurePosixPath) -> bool:
        """The time and the staff's comments that Sakai puts beside the attachments."""
        return path.name in ("timestamp.txt", "comments.txt") and bool(SAKAI.match(path.parent.name))
