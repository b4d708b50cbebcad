"""What Canvas and Moodle make of an uploaded CSV, by the rules of their own importers, rebuilt from reading them.

For Gradescope the names that its specification of results.json allows.

Canvas: lib/gradebook_importer.rb in instructure/canvas-lms. Moodle: grade/import/csv/classes/load_data.php in
moodle/moodle.
Only what decides who gets which grade: the headers, how a person and the assignment are found, what an empty cell does.
"""

import csv
import io
import re
from dataclasses import dataclass

GRADESCOPE = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format", "visibility",
    "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
GRADESCOPE_TEST = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format", "tags", "visibility",
    "extra_data",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    number: int
    sis: str = ""
    login: str = ""
    name: str = ""
    """As Canvas sorts it: Last, First."""


class Refused(Exception):
    """The import says no, in the system's own words more or less."""


def ruby_int(text: str) -> int:
    """The leading digits, as Ruby's to_i reads them."""
    match = re.match(r"\s*[+-]?\d+", text)
    return int(match[0]) if match else 0


def canvas(text: str, people: list[Person], titles: dict[int, str], grades: dict[int, str]) -> dict[int, str]:
    """person → grade after the import of one assignment; `titles`: the assignments there, `grades`: before."""
    head, *rows = csv.reader(io.StringIO(text))
    if not (len(head) > 3 and "Student" in head[0] and "ID" in head[1]):
        raise Refused("Invalid header row")
    sis, login, count = None, None, 3
    if re.search(r"SIS\s+Login\s+ID", head[2]):
        login, count = 2, 4
    elif re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3]):
        sis, login, count = 2, 3, 5
    if "Section" not in head[count - 1]:
        raise Refused("Invalid header row")
    [title] = head[count:]
    numbered = re.fullmatch(r"(.*)\s\((\d+)\)", title)
    if not (numbered and int(numbered[2]) in titles) and title not in titles.values():
        raise Refused(f"{title} is no assignment here: ignore it or make a new one?")
    after = dict(grades)
    for row in rows:
        if "Points Possible" in row[0]:
            float(row[count])
            continue
        found = [p for p in people if row[1] and p.number == ruby_int(row[1])]
        found = found or [p for p in people if sis and row[sis] and p.sis == row[sis]]
        found = found or [p for p in people if login and row[login] and p.login == row[login]]
        found = found or [p for p in people if p.name == row[0]]
        if not found:
            raise Refused(f"{row[0]} is nobody here: who is it?")
        after[found[0].number] = row[count].strip()
    return after


def moodle(text: str, who: str, people: dict[str, int], grades: dict[int, str]) -> dict[int, str]:
    """person → grade after the import; `who`: the column that people are mapped from, `people`: its values there."""
    head, *rows = csv.reader(io.StringIO(text))
    head = [h.strip() for h in head]
    after = dict(grades)
    for row in rows:
        about = dict(zip(head, row, strict=True))
        if not about[who]:
            continue
        if about[who] not in people:
            raise Refused(f"user mapping error: {who} {about[who]}")
        value = about[head[4]]
        if value in ("", "-"):
            after.pop(people[about[who]], None)
            continue
        if float(value) > 100:
            raise Refused("grade value too big")
        after[people[about[who]]] = value
    return after
