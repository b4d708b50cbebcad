"""Canvas: Assignment → Download Submissions.

`doejane_LATE_12345_678901_Doe_Jane_hw1-mlp-2.ipynb`: the sortable name squeezed (of a group assignment the group's),
LATE if it was, the user's number, the attachment's number, the name as uploaded; -2 is added when a file of that name
was uploaded before. A link or a text entry is `doejane_12345_link.html` or `…_text.html`. The download's entries carry
the time of the download, so only LATE tells about time.
"""

import re
from pathlib import PurePosixPath
from typing import Any

from coursework.intake.systems.base import Origin, System

NAME = re.compile(
    r"^(?P<squeezed>[^\W_]+(?:[-'’.][^\W_]+)*)_(?:(?P<late>LATE)_)?(?P<number>\d+)_"
    r"(?:(?:question_\d+_)?\d+_(?P<file>.+)|(?P<entry>(?:link|text)\.html))$"
)
ATTEMPT = re.compile(r"-(\d{1,2})(?=\.\w+$)")


class Canvas(System):
    name = "Canvas"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        archive = bool(re.search(r"\.(zip|eml|tar|tgz|gz|bz2|xz)$", part, re.I))
        match = NAME.match(part) if last or archive else None
        if not match:
            return None
        file = match["file"] or match["entry"]
        attempt = ATTEMPT.search(file)
        return Origin(
            ATTEMPT.sub("", file) if attempt else file,
            self.name,
            squeezed="" if match["squeezed"] == "anon" else match["squeezed"],
            number=match["number"],
            late=bool(match["late"]),
            attempt=int(attempt[1]) if attempt else 0,
            clock=False,
        )
