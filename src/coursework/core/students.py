"""A student of the class, and the words, numbers and addresses in a text that mean them."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from coursework.core.names import fold, said, spellings, tokens, vague, without, words_of

Said = dict[str, set[str]]  # the words of a text, folded, each with its spellings


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
    def marks(self) -> list[str]:
        """The address, number and id."""
        return [mark for mark in (self.email, self.number, self.id) if mark]

    @cached_property
    def folded(self) -> frozenset[str]:
        """Each word of the name, folded."""
        return tokens(self.name)

    @cached_property
    def login(self) -> frozenset[str]:
        """The words of the e-mail address before its @."""
        return tokens(self.email.partition("@")[0])

    @cached_property
    def parts(self) -> list[set[str]]:
        """The spellings of each word of the name."""
        return list(said(self.name).values())

    @cached_property
    def words(self) -> frozenset[str]:
        """Each word of the name, in all spellings."""
        return frozenset().union(*self.parts)

    @cached_property
    def in_one(self) -> frozenset[str]:
        """Both names as one word, each first, in all spellings."""
        return frozenset(spellings(self.last + self.first) | spellings(self.first + self.last))

    @cached_property
    def called(self) -> frozenset[str]:
        """Each single word that may mean the student: of the name, both names in one, the id."""
        return (self.words | self.in_one | spellings(self.id)) - {""}

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

    def named_by(self, words: Said) -> frozenset[str]:
        """The words of a text that are the whole name, or both names in one; none where it is not there."""
        if self.parts and all(any(part & keys for keys in words.values()) for part in self.parts):
            return frozenset(word for word, keys in words.items() if keys & self.words)
        return frozenset(word for word, keys in words.items() if keys & self.in_one)

    def explains(self, words: list[set[str]], initials: bool) -> bool:
        """Whether each of the words is another word of the name, or its initial where these count."""
        left = list(self.parts)
        for keys in words:
            same = [part for part in left if part & keys or (initials and keys & {word[0] for word in part})]
            if not same:
                return False
            left.remove(same[0])
        return True

    def without(self, mark: str, text: str) -> str | None:
        """A text without a mark of the student; None where it does not stand there whole.

        "Doe-Jane-ab12" is ab12, with the own name before it, where "m-ab12" is another login.
        """
        rest = without(mark, text)
        if rest is None and mark.casefold() in text.casefold():
            own = "|".join(re.escape(word) for word in words_of(self.name) if word)
            before = rf"(?<![^\s_])(?:(?:{own})[_-]+)+(?=[^\W_])"
            rest = without(mark, re.sub(before, lambda m: m[0][:-1] + " ", text, flags=re.I))
        return rest
