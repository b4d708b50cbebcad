"""Who is in the class: a CSV with a row a student. It decides who is who; what is only near is proposed.

Columns, in any order and case: `id` (the folder and the gradebook's id; no blanks or slashes), `last`, `first` (or
`name`); and, if you like, `email`, `section`, `group`, `number` (the learning-management system's id), `extension`
(days, for every assignment) and `extension hw1-mlp` (days, for one). The column names that Canvas, Moodle and
Gradescope export are known, too; see `core.spreadsheet` for what spreadsheets make of such a file.
"""

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz

from coursework.core import spreadsheet
from coursework.core.course import StaffError
from coursework.core.names import fold, spelled, tokens, whole_word
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
class Student:
    id: str
    last: str
    first: str
    email: str = ""
    section: str = ""
    group: str = ""
    number: str = ""
    extensions: dict[str, float] = field(default_factory=dict, hash=False)

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()

    @property
    def groups(self) -> list[str]:
        """The names in `group`, which may hold several: "B; Lab 2"."""
        parts = [part.strip() for part in re.split(r"[;,|]", self.group)]
        return [name for name in dict.fromkeys([self.group, *parts]) if name]

    def extension(self, assignment: str) -> float:
        """Days that this student may hand in later."""
        return self.extensions.get(assignment, self.extensions.get("", 0.0))


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
        found = self._one("spelled", (spelled(last), spelled(first)))
        with_umlaut = found is not None and not (f"{last}{first}".isascii() and found.name.isascii())
        return found if with_umlaut else None  # Do is not Doe

    def by_words(self, text: str) -> Student | None:
        """By all words of the name in any order, or by the id. An id that is one word of somebody else's name is none,
        nor is one that two words make: Li Wei is not `liwei`, where two people have these names."""
        words = tokens(text)
        if self._index.get(("words", words)):
            return self._one("words", words)
        found = self._one("id", fold(text))
        if found is None or (len(words) != 1 and text.strip().casefold() != found.id.casefold()):
            return None
        return None if any(s is not found and words & tokens(s.name) for s in self.students) else found

    def by_squeezed(self, text: str) -> Student | None:
        return self._one("squeezed", fold(text))

    def by_group(self, name: str) -> list[Student]:
        """Everybody whose `group` is called so; blanks, case and punctuation aside."""
        return [s for s in self.students if any(fold(g) == fold(name) for g in s.groups)] if fold(name) else []

    def within(self, text: str) -> Student | None:
        """The only student whose whole name, id, number or e-mail address is part of `text`, a folder's name."""
        words = tokens(text)
        plain = {w.casefold() for w in re.split(r"[\s,;()\[\]]+|[_-]{1,3}(?=\W|$)", text)} | {
            w for w in words if len(w) > 2
        }
        found = [
            s for s in self.students
            if (len(tokens(s.name)) > 1 and tokens(s.name) <= words)
            or (s.last and s.first and words & {fold(s.last + s.first), fold(s.first + s.last)})
            or plain & {m.casefold() for m in (s.id, s.number, s.email) if len(m) > 2}
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def by_mark(self, text: str) -> Student | None:
        """The only student whose e-mail address, or whose id or number with digits, is in `text`, a file's name. An id
        of letters alone may be somebody else's name: it is one only where it is all (`by_words`). Nobody where the
        name of another one is there, too."""
        marked = {s for s in self.students if any(whole_word(mark, text) for mark in (s.id, s.number, s.email))}
        words = tokens(text)
        called = {s for s in self.students if len(tokens(s.name)) > 1 and tokens(s.name) <= words}
        return next(iter(marked)) if len(marked) == len(marked | called) == 1 else None

    def near(self, text: str) -> list[Student]:
        """At most three students whose names resemble `text`, the likeliest first."""
        wanted = tokens(text)
        plain = " ".join(sorted(wanted))
        scored = []
        for student in self.students:
            own = tokens(student.name)
            score = fuzz.token_sort_ratio(plain, " ".join(sorted(own))) / 100
            login = tokens(student.email.partition("@")[0])
            if wanted and own and (wanted <= own or own <= wanted or wanted == login):
                score = max(score, 0.9)
            scored.append((score, student))
        return [s for score, s in sorted(scored, key=lambda pair: (-pair[0], pair[1].id)) if score >= 0.75][:3]

    @cached_property
    def _index(self) -> dict[tuple[str, Hashable], list[Student]]:
        """(way, key) → who is found by it."""
        found: dict[tuple[str, Hashable], list[Student]] = {}
        for s in self.students:
            squeezed = {fold(s.last + s.first), fold(s.first + s.last)}
            keys: list[tuple[str, Hashable]] = [
                ("email", s.email.casefold()),
                ("name", (fold(s.last), fold(s.first))),
                ("spelled", (spelled(s.last), spelled(s.first))),
                ("words", tokens(f"{s.last} {s.first}")),
                ("id", fold(s.id)),
                *(("number", number) for number in {s.number, s.id}),
                *(("squeezed", text) for text in squeezed),
            ]
            for key in keys:
                found.setdefault(key, []).append(s)
        return found

    def _one(self, way: str, key: Hashable) -> Student | None:
        """The only student that is found so; two of one name are nobody."""
        found = self._index.get((way, key), []) if key else []
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
