"""Who a file's author is where there is no roster: the names that the system and the file give are all there is."""

import unicodedata

from coursework.core.naming import BadName, HandInName, student_id
from coursework.core.roster import SAFE_ID, tokens
from coursework.intake.found import Identity
from coursework.intake.systems import Origin


def without_roster(
    place: Origin, strict: HandInName | None, words: str, reason: str, assignment: str, odd: list[str]
) -> Identity:
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


def _script(text: str) -> str:
    """The script of the first letter: names in two scripts cannot be compared."""
    letter = next((c for c in text if c.isalpha()), "a")
    return unicodedata.name(letter, "LATIN").split()[0]


def _is_name(word: str, said: bool) -> bool:
    """By the characters that the naming rule takes, so that "~Doe" is nobody; a system has `said` what it has said."""
    usual = said or all(c.isalpha() or unicodedata.category(c)[0] == "M" or c in "-'’.·" for c in word)
    return usual and any(c.isalpha() for c in word) and not any(c.isdigit() for c in word)
