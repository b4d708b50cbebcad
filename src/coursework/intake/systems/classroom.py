"""Google Classroom, downloaded from Drive: `Jane Doe - hw1-mlp.ipynb`, `hw1-mlp - Jane Doe.ipynb`.

Any "a - b" looks like it, so one side must be a person's full name and the other the assignment's. The times are those
of the last change in Drive.
"""

import re
from pathlib import PurePosixPath
from typing import Any

from coursework.intake.systems.base import Origin, System

NAME = re.compile(r"^(?P<one>.+?)\s+[-–]\s+(?P<two>.+?)(?P<ending>(?:\.\w+)+)$")


class Classroom(System):
    name = "Classroom"

    def origin(self, part: str, path: PurePosixPath, last: bool, about: dict[str, dict[str, Any]]) -> Origin | None:
        archive = part.lower().endswith((".zip", ".eml"))
        match = NAME.match(part[:300]) if last or archive else None
        if not match:
            return None
        one, two = match["one"], match["two"]
        title, person = (one, two) if re.search(r"\d", one) and not re.search(r"\d", two) else (two, one)
        full = len(person.split()) > 1 and "_" not in title and "_" not in person
        if full and re.search(r"\d", title) and not re.search(r"\d", person):
            return Origin(title + match["ending"], self.name, person)
        return None
