"""Who a file's author is where there is no roster: the names that the system and the file give are all there is."""

import re
import unicodedata

from coursework.core.names import tokens
from coursework.core.naming import BadName, HandInName, student_id
from coursework.core.roster import SAFE_ID
from coursework.intake.found import Identity
from coursework.intake.systems import Origin

# Words that files and folders have in the place of a name.
COMMON = re.compile(
    r"all|answer|answers|apellido|apellidos|assignment|attempt|class|cognome|copy|course|data|deep|done|"
    r"download|downloads|draft|drive|exercise|file|files|final|finished|first|firstname|folder|grade|graded|"
    r"group|hand-in|handin|hausaufgabe|homework|in|lab|last|lastname|late|learning|my|nachname|name|new|nom|"
    r"nombre|nome|notebook|notebooks|old|one|prenom|problem|prénom|section|sheet|sobrenome|solution|solutions|"
    r"student|students|submission|submissions|submit|submitted|surname|task|team|the|three|to|two|upload|"
    r"uploads|version|vorname|week|work|workbook|your",
    re.I,
)


def without_roster(
    place: Origin, strict: HandInName | None, words: str, reason: str, assignment: str, odd: list[str]
) -> Identity:
    called = place.person or (f"{strict.last} {strict.first}" if strict else words)
    if common := _common(called):
        raise BadName(f"{place.file_name}: {common} are words, and no name: use --match FILE=ID, or a roster")
    if strict is not None:
        found = Identity(student_id(strict.last, strict.first), assignment, "file name", strict.last, strict.first, odd)
        name = f"{strict.last} {strict.first}"
        if place.person and tokens(place.person) != tokens(name):
            found.odd.append(f"{place.system} says {place.person}")
            found.doubt = not tokens(place.person) & tokens(name)
            if found.doubt and _script(place.person) == _script(name):
                raise BadName(
                    f"{place.file_name}: {place.system} says {place.person}, the file's name says {strict.first} "
                    f"{strict.last}: use a roster, or --match FILE=ID"
                )
        return found
    person = place.person if len(place.person.split()) > 1 else ""
    parts = (person or words).split()
    if len(parts) < 2 or not all(_is_name(part, bool(person)) for part in parts) or (not person and len(parts) > 2):
        raise BadName(reason)
    # Systems write "Jane Doe"; the naming rule puts the family name first.
    last, first = (parts[-1], " ".join(parts[:-1])) if person else (parts[0], parts[1])
    if not SAFE_ID.match(student_id(last, first)):  # a system lets people call themselves anything
        raise BadName(f"{place.file_name}: {first} {last} cannot be the name of a folder")
    how = f"name in {place.system}" if person else "words of the file name"
    odd.append(f"file name: {place.file_name} breaks the rule; read as {first} {last}")
    return Identity(student_id(last, first), assignment, how, last, first, odd)


def _common(text: str) -> str:
    """The words of a name, if all of them are words that files and folders have, in place of a name."""
    words = re.split(r"[\s_-]+", text.strip())
    return " and ".join(words) if all(map(COMMON.fullmatch, words)) else ""


def _script(text: str) -> str:
    """The script of the first letter: names in two scripts cannot be compared."""
    letter = next((c for c in text if c.isalpha()), "a")
    return unicodedata.name(letter, "LATIN").split()[0]


def _is_name(word: str, said: bool) -> bool:
    """By the characters that the naming rule takes, so that "~Doe" is nobody; a system has `said` what it has said."""
    usual = said or all(c.isalpha() or unicodedata.category(c)[0] == "M" or c in "-'’.·" for c in word)
    return usual and any(c.isalpha() for c in word) and not any(c.isdigit() for c in word)
