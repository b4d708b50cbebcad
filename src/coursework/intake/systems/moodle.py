"""Moodle: Assignment → Download all submissions, in folders or not.

`Jane Doe_1234567_assignsubmission_file_/Doe_Jane_hw1-mlp.ipynb`, or all of it as the file's name. With visible groups
the group's name and a hyphen are before the person's; of a team submission there is the team's name, of people without
a team the words "Default group", and then the number may be missing. An online text is `…_onlinetext_/onlinetext.html`.
The entries' times are those of the uploads, on the server's clock, which is taken to be in the course's zone.
"""

import re
from pathlib import PurePosixPath
from typing import Any

from coursework.intake.systems.base import Origin, System

NAME = re.compile(r"^(?P<person>[^_]+)(?:_(?P<number>\d+))?_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)$")


class Moodle(System):
    name = "Moodle"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        match = NAME.match(part)
        if match and (not last or match["file"]):
            return Origin(match["file"], self.name, match["person"].strip(), number=match["number"] or "")
        return None
