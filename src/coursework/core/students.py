"""A student of the class, and the words, numbers and addresses in a text that mean them."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from coursework.core.names import fold, spellings, vague, without, words_of


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
    def squeezed(self) -> tuple[str, str]:
        """Both names as one word, each first."""
        return self.last + self.first, self.first + self.last

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word of the name, in all spellings."""
        return frozenset(k for w in words_of(self.name) for k in spellings(w) if k)

    @cached_property
    def called(self) -> frozenset[str]:
        """Each single word that may mean the student: of the name, both names in one, the id."""
        return self.words | {k for w in (*self.squeezed, self.id) for k in spellings(w) if k}

    @property
    def groups(self) -> list[str]:
        """The names in `group`, which may hold several: "B; Lab 2"."""
        parts = [part.strip() for part in re.split(r"[;,|]", self.group)]
        return [name for name in dict.fromkeys([self.group, *parts]) if name]

    def extension(self, assignment: str) -> float:
        """Days that this student may hand in later."""
        return self.extensions.get(assignment, self.extensions.get("", 0.0))

    def foreign(self, text: str) -> list[str]:
        """The words of `text` that are no name and no id of the student, dates and short numbers aside."""
        return [w for w in words_of(text) if fold(w) and not vague(w) and not spellings(w) & self.called]

    def beside(self, text: str, login: str) -> str | None:
        """What `text` has beside the address, the number and the `login` of the student; None where it has none of
        them. A login of letters with _ or - is often a part of somebody's name: it is alone, or no login."""
        marks = [mark for mark in (self.email, self.number, login) if mark and mark.casefold() in text.casefold()]
        if not marks:
            return None
        # "Doe-Jane-ab12" is ab12, with the own name before it, where "m-ab12" is another login.
        own = "|".join(re.escape(word) for word in words_of(self.name) if word)
        plain = re.sub(rf"(?<![^\s_])(?:(?:{own})[_-]+)+(?=[^\W_])", lambda m: m[0][:-1] + " ", text, flags=re.I)
        rest = None
        for mark in marks:
            for before in (text, plain) if rest is None else (rest,):
                left = without(mark, before)
                if left is not None and (re.search(r"[@.\d]", mark) or not self.foreign(left)):
                    rest = left
                    break
        return rest
