"""Who is in the class: a CSV with a row a student. It decides who is who; what is only near is proposed.

Columns, in any order and case: `id` (the folder and the gradebook's id; no blanks or slashes), `last`, `first` (or
`name`); and, if you like, `email`, `section`, `group`, `number` (the learning-management system's id), `extension`
(days, for every assignment) and `extension hw1-mlp` (days, for one). The column names that Canvas, Moodle and
Gradescope export are known, too; see `core.spreadsheet` for what spreadsheets make of such a file.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from coursework.core import spreadsheet
from coursework.core.course import StaffError
from coursework.core.meant import Finder, all_of
from coursework.core.names import alike, fold, spelled, spellings, tokens
from coursework.core.students import Student
from coursework.core.text import printable

# fmt: off
ALIASES = {
    "id": ("id", "student id", "sis user id", "user id", "username", "login", "login id", "sis login id", "sis id",
           "benutzername", "nom d'utilisateur", "nombre de usuario", "nome utente", "nome de usuário"),
    "last": ("last", "last name", "last_name", "lastname", "surname", "family name", "nachname", "nom",
             "nom de famille", "apellido(s)", "apellidos", "cognome", "sobrenome", "apelido", "achternaam", "efternamn",
             "nazwisko"),
    "first": ("first", "first name", "first_name", "firstname", "given name", "vorname", "prénom", "nombre", "nome",
              "nome próprio", "voornaam", "förnamn", "imię"),
    "name": ("name", "full name", "student", "student name"),
    "email": ("email", "e-mail", "email address", "mail", "sis login id", "e-mail-adresse", "adresse de courriel",
              "courriel", "dirección de correo", "indirizzo email", "endereço de e-mail", "e-mailadres"),
    "section": ("section", "sections", "class"),
    "group": ("group", "groups", "team", "group name", "group_name"),
    "number": ("number", "lms id", "lms_id", "id number", "sid", "canvas id", "moodle id", "user id", "id",
               "id-nummer", "matrikelnummer", "numéro d'identification", "número de id", "codice identificativo",
               "matricola", "número de identificação", "id-nummer van de gebruiker"),
    "role": ("role", "roles", "rolle", "rôle", "rol", "ruolo"),
    "extension": ("extension", "extension days", "extension_days"),
}
# fmt: on
# Where no column is the id, one of these is: institutions' numbers before addresses.
STEAD = (
    *("id number", "sid", "number", "id-nummer", "matrikelnummer", "numéro d'identification", "número de id"),
    *("codice identificativo", "matricola", "número de identificação"),
    *("email address", "email", "e-mail-adresse", "adresse de courriel", "dirección de correo", "indirizzo email"),
)
NO_STUDENTS = re.compile(r"^\s*(points possible|student, test|test student)\s*$", re.I)  # rows of Canvas's own
# Rows of staff, where an export has a column of roles.
STAFF = re.compile(
    r"\b(ta|teaching|instructor|teacher|lecturer|reader|grader|assistant|designer|observer|manager|admin)", re.I
)
SAFE_ID = re.compile(r"^[^\s/\\:*?\"<>|.][^\s/\\:*?\"<>|]{0,79}$")


@dataclass(frozen=True)
class Roster:
    students: tuple[Student, ...]

    @classmethod
    def read(cls, path: Path) -> "Roster":
        """Read the CSV. Raises StaffError, one line with the row, when it is not what it should be."""
        heads, rows = spreadsheet.read(path, "the roster")
        names = _columns(heads)
        if not names["id"]:
            names["id"] = next((h for stead in STEAD for h in heads if h.strip().casefold() == stead), None)
        if not names["id"] or not (names["name"] or (names["last"] and names["first"])):
            lacks = next(k for k in ("id", "last", "first") if not names[k])
            there = printable(", ".join(filter(None, heads)), 100)
            raise StaffError(
                f"the roster {path.name} has no column {lacks!r}: it needs id, last, first; its first row: {there}"
            )
        found: list[Student] = []
        lines: list[int] = []
        for number, row in rows:
            about = {key: row.get(column, "").strip() if column else "" for key, column in names.items()}
            whole, role = about.pop("name"), about.pop("role")
            if (
                not any(about.values())
                or NO_STUDENTS.match(whole)
                or (STAFF.search(role) and "student" not in role.lower())
            ):
                continue
            if not about["last"] and not about["first"]:
                about["last"], about["first"] = _split(whole)
            for key in ("id", "number"):  # an apostrophe in front keeps a spreadsheet from making a number of it
                about[key] = re.sub(r"^'(?=\d)", "", about[key])
            where = f"the roster {path.name}, line {number}"
            if any("\n" in value for value in about.values()):  # the people of the next rows would be part of a name
                raise StaffError(f"{where}: a quotation mark is not closed, so that the next rows are part of this one")
            for key in ("id", "number"):
                spreadsheet.whole_identifier(about[key], where, names[key] or key)
            if not SAFE_ID.match(about["id"]):
                raise StaffError(f"{where}: the id {about['id']!r} cannot be the name of a folder")
            extensions = _extensions(row, path, number)
            del about["extension"]
            about["section"] = about["section"] or about["group"]
            found.append(Student(**about, extensions=extensions))
            lines.append(number)
        if not found:
            raise StaffError(f"the roster {path.name} has no row with a student: save the list again, with its rows")
        for key in ("id", "number"):
            values = [getattr(s, key) for s in found]
            spreadsheet.no_lost_zeros(values, lines, f"the roster {path.name}", names[key] or key)
        ids = [s.id.casefold() for s in found]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise StaffError(f"the roster {path.name} has the id {twice[0]} twice")
        return cls(tuple(found))

    @cached_property
    def by_id(self) -> dict[str, Student]:
        return {s.id: s for s in self.students}

    def by_email(self, address: str) -> Student | None:
        return self._one("email", address.casefold())

    def by_number(self, number: str) -> Student | None:
        return self._one("number", number)

    def by_name(self, last: str, first: str) -> Student | None:
        """By both names; umlauts may be spelled with e."""
        if same := self._one("name", (fold(last), fold(first))):
            return same
        found = self._index.get(("spelled", (spelled(last), spelled(first))), [])
        return _only(
            [s for s in found if spellings(last) & spellings(s.last) and spellings(first) & spellings(s.first)]
        )

    def by_words(self, text: str) -> Student | None:
        """By all words of the name in any order, umlauts with e or without, or by the id, if it is no word of somebody
        else's name."""
        words = tokens(text)
        if self._index.get(("words", words)):
            return self._one("words", words)
        found = self._index.get(("alike", frozenset(map(spelled, words))), [])
        if found := [s for s in found if alike(text, s.name)]:
            return _only(found)
        if self.exactly(text):
            return self.meant(text)
        one = self._one("id", fold(text)) if len(words) == 1 else None
        return None if any(s is not one for s in all_of(self._finder.named, spellings(text))) else one

    def by_squeezed(self, text: str) -> Student | None:
        """By both names as one word, as Canvas writes them."""
        keys = spellings(text)
        return _only([s for s in all_of(self._finder.called, keys) if keys & s.in_one])

    def meant(self, text: str, folder: bool = False) -> Student | None:
        """The only student whom a text means that somebody has typed, a file's name or a folder's."""
        return self._finder.meant(text, folder)

    def exactly(self, text: str) -> Student | None:
        """The student whose id or number is all of `text`."""
        return self._finder.exactly(text)

    def by_group(self, name: str) -> list[Student]:
        """Everybody whose `group` is called so; blanks, case and punctuation aside."""
        return [s for s in self.students if any(fold(g) == fold(name) for g in s.groups)] if fold(name) else []

    def near(self, text: str) -> list[Student]:
        """At most three students whose names resemble `text`, the likeliest first; with a mark of one in it, all whom
        it marks or whose names have one of its words."""
        wanted = tokens(text)
        plain = " ".join(sorted(wanted))
        said = tokens(text.replace("@", " "))  # a date may be a number, and the login of an address an id
        marked = {s.id for word in said if re.search(r"\d", word) for s in self._finder.called.get(word, [])}
        marked |= {s.id for s in self._finder.marked(text)}
        scored = []
        for student in self.students:
            own = student.folded
            score = fuzz.token_sort_ratio(plain, " ".join(own)) / 100
            login = student.login
            if wanted and own and (wanted <= own or own <= wanted or wanted == login):
                score = max(score, 0.9)
            elif student.id in marked or (marked and wanted & student.called):
                score = max(score, 0.8)
            scored.append((score, student))
        return [s for score, s in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)) if score >= 0.75][:3]

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.students)

    @cached_property
    def _index(self) -> dict[tuple[str, Hashable], list[Student]]:
        """(way, key) → who is found by it."""
        found: dict[tuple[str, Hashable], list[Student]] = {}
        for s in self.students:
            keys: list[tuple[str, Hashable]] = [
                ("email", s.email.casefold()),
                ("name", (fold(s.last), fold(s.first))),
                ("spelled", (spelled(s.last), spelled(s.first))),
                ("words", s.folded),
                ("alike", frozenset(map(spelled, s.folded))),
                ("id", fold(s.id)),
                *(("number", number) for number in {s.number, s.id}),
            ]
            for key in keys:
                found.setdefault(key, []).append(s)
        return found

    def _one(self, way: str, key: Hashable) -> Student | None:
        """The only student that is found so; two of one name are nobody."""
        return _only(self._index.get((way, key), []) if key else [])


def _only(found: list[Student]) -> Student | None:
    return found[0] if len(found) == 1 else None


def _columns(heads: list[str]) -> dict[str, str | None]:
    """Our name of a column → the header of it in the file; each header once, by the order of aliases."""
    plain = {h.strip().casefold(): h for h in heads}
    canvas = "sis user id" in plain or "sis login id" in plain  # there "ID" is Canvas's own number
    found: dict[str, str | None] = {}
    for key, names in ALIASES.items():
        usable = [n for n in names if n in plain and not (canvas and n == "id" and key == "id")]
        found[key] = next((plain[n] for n in usable if plain[n] not in found.values()), None)
    return found


def _split(name: str) -> tuple[str, str]:
    """("Doe", "Jane") of "Doe, Jane" and "Jane Doe"."""
    last, comma, first = name.partition(",")
    if comma:
        return last.strip(), first.strip()
    first, _, last = name.strip().rpartition(" ")
    return last, first


def _extensions(row: dict, path: Path, number: int) -> dict[str, float]:
    """assignment ("" for all) → days."""
    found = {}
    for header, value in row.items():
        match = re.match(r"^extension(?:[ _]days)?(?:[ _](?!days)(\S+))?$", (header or "").strip().casefold())
        if match and isinstance(value, str) and value.strip():
            try:
                days = float(value.strip().replace(",", "."))
                if not 0 <= days <= 3660:
                    raise ValueError
                found[match[1] or ""] = days
            except ValueError:
                text = f"the roster {path.name}, line {number}: {value!r} is not a number of days"
                raise StaffError(text) from None
    return found
