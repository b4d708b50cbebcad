"""Whom of a class a text means that somebody has typed: a file's name, or a folder's.

A student is strong in a text by the whole name, by an address, a number or an id that stands there whole, or by one of
them beside a word of the name. Exactly one student must be strong, and no word may mean somebody else.
"""

import re
from collections.abc import Iterable, Sequence

from coursework.core.names import addresses, fold, said, spellings, vague, words_of
from coursework.core.students import Said, Student

YEAR = re.compile(r"(?:19|20)\d\d")
LOOSE_NUMBER = re.compile(r"(?<![^\W_])\d[\d.-]*(?![^\W_])")


class Finder:
    """The students of a class by each word that may mean them, so that a text is compared with few of them."""

    def __init__(self, students: Sequence[Student]):
        self.students = students
        self.named: dict[str, list[Student]] = {}  # by a word of the name
        self.called: dict[str, list[Student]] = {}  # by a word of the name, both names in one, the id or the number
        self.whole: dict[str, list[Student]] = {}  # by all of the id or number
        self.pieces: dict[str, list[Student]] = {}  # by the longest piece of a mark
        for s in students:
            for index, keys in (
                (self.named, s.words),
                (self.called, s.called | {fold(s.number)}),
                (self.whole, {_bare(s.id), _bare(s.number)}),
                (self.pieces, {max(_pieces(mark.partition("@")[0]), key=len, default="") for mark in s.marks}),
            ):
                for key in keys - {""}:
                    index.setdefault(key, []).append(s)

    def meant(self, text: str, folder: bool = False) -> Student | None:
        """The only student who is strong in `text`, if no word of it means, and no other name explains, another."""
        words = said(text)
        one = self.exactly(text)
        if one is None:
            marked = self.marked(text) + self._beside_name(text, words, folder)
            strong = {s.id: s for s in (*self._by_name(text, words, marked), *marked)}
            if len(strong) != 1:
                return None
            (one,) = strong.values()
        return None if self._disturbed(one, text) or self._explained(one, text, words) else one

    def exactly(self, text: str) -> Student | None:
        """The student whose id or number is all of `text`, dates aside; a vague number is one only where such numbers
        are usual."""
        for word in (_bare(text), _bare(LOOSE_NUMBER.sub(lambda m: " " if vague(m[0]) else m[0], text))):
            if found := self.whole.get(word):
                return found[0] if len(found) == 1 and not (vague(word) and not self._usual(word)) else None
        return None

    def marked(self, text: str) -> list[Student]:
        """Whose address, number or id stands whole in `text`; an id of letters alone does not count."""
        pieces = _pieces(text)
        pieces |= {piece[1:] for piece in pieces if piece[:1].isalpha()}  # "s1234567" has the number
        found = {
            s: {m.casefold() for m in s.marks if re.search(r"[@.\d]", m) and s.without(m, text) is not None}
            for s in all_of(self.pieces, pieces)
        }
        parts = {mark[1:] for marks in found.values() for mark in marks if mark[:1].isalpha()}
        return [s for s, marks in found.items() if marks - parts]

    def _usual(self, number: str) -> bool:
        """Whether most of the class have an id or number of as many digits, and it is no year."""
        have = [s for s in self.students if any(m.isdecimal() and len(m) == len(number) for m in (s.id, s.number))]
        return not YEAR.fullmatch(number) and 2 * len(have) > len(self.students)

    def _by_name(self, text: str, words: Said, marked: list[Student]) -> list[Student]:
        """Whose whole name is in the text, and no part of a longer one that is there, too; of two people of one name a
        mark tells which."""
        used = {}
        folded = [fold(word) for word in words_of(text)]
        for s in all_of(self.called, set().union(*words.values())):
            own = s.named_by(words)
            # One word may be a part of another name, if it is not "Lee Lee", or two names in a long one.
            twice = len(s.parts) > 1 and any(folded.count(w) > 1 if w in s.words else len(w) > 5 for w in own)
            clear = len(own) > 1 or twice
            if own and (clear or not s.foreign(text)):
                used[s] = own

        def part(own: frozenset[str], longer: Student) -> bool:
            times = min(folded.count(w) for w in used[longer])
            often = any(folded.count(w) > times * sum(bool(words[w] & p) for p in longer.parts) for w in own)
            return (own < used[longer] and not often) or (own == used[longer] and longer in marked)

        return [s for s, own in used.items() if not any(part(own, longer) for longer in used)]

    def _beside_name(self, text: str, words: Said, folder: bool) -> list[Student]:
        """Whose id or number is a word beside one of the own name, with no foreign one; in a folder's name an id of
        letters alone that is nobody's name needs no word beside it."""
        found = []
        for s in all_of(self.pieces, _pieces(text)):
            if folder and len(s.id) > 2 and s.id.isalpha() and fold(s.id) in words and not self.named.get(fold(s.id)):
                found.append(s)
            for mark in (s.id, s.number):
                others = [t for t in self.named.get(fold(mark), []) if t is not s]
                if _says_nothing(mark) or (mark.isalpha() and others):
                    continue
                rest = s.without(mark, text)
                if rest is None and fold(mark) in words:
                    rest = " ".join(w for w in words_of(text) if fold(w) != fold(mark))
                if rest is not None and not s.foreign(rest) and any(k & s.words for k in said(rest).values()):
                    found.append(s)
        return found

    def _disturbed(self, one: Student, text: str) -> bool:
        """Whether a word beside the marks and names of a student means somebody else; initials do not."""
        rest = text
        for mark in one.marks:
            left = one.without(mark, rest)
            rest = rest if left is None else left
        if addresses(text) > 1 and addresses(rest):
            return True  # the address of somebody who may not be in the roster
        if any(s is not one and s.without(s.id, rest) is not None for s in all_of(self.pieces, _pieces(rest))):
            return True  # an id of several words
        for word in words_of(rest):
            plain, keys = fold(word), spellings(word)
            if keys & one.called or plain == fold(one.number) or (len(plain) == 1 and plain.isascii()):
                continue
            if _says_nothing(word):
                continue
            if any(s is not one for s in (self.whole.get(word, []) if vague(word) else all_of(self.called, keys))):
                return True
        return False

    def _explained(self, one: Student, text: str, words: Said) -> bool:
        """Whether the name of somebody else has every word of the text, too. Where the whole name of the student, of
        two words or more, is there, then it has to be the whole name of the other one."""
        own = {fold(one.id), fold(one.number)}
        plain = [words[fold(w)] for w in words_of(text) if fold(w) and (fold(w) in own or not vague(w))]
        others = [s for s in all_of(self.named, set().union(*plain)) if s is not one]
        if not plain:
            return False
        initials = not re.search(r"[^\W_]\.[^\W_]", text)  # "Doe_J" may have one; "j.doe" is a login
        whole = len(one.named_by(words)) > 1 and all(keys & one.called for keys in plain)
        return any(s.explains(plain, initials) and (not whole or s.named_by(words)) for s in others)


def _says_nothing(word: str) -> bool:
    """Whether a number is too short to be somebody's beside other words, or a year."""
    return vague(word) and (len(word) < 3 or bool(YEAR.fullmatch(word)))


def _bare(text: str) -> str:
    """`text` without case and without what is around it."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", text.casefold())


def _pieces(text: str) -> set[str]:
    """The runs of letters and digits in a text."""
    return set(re.findall(r"[^\W_]+", text.casefold()))


def all_of(index: dict[str, list[Student]], keys: Iterable[str]) -> list[Student]:
    """Everybody who is found by one of the keys, once."""
    return list({s.id: s for key in keys for s in index.get(key, [])}.values())
