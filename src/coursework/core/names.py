"""Names as they are compared: without what two spellings of one name differ in."""

import re
import unicodedata

# Letters of other scripts that look like Latin ones, and letters that have no canonical decomposition.
LOOK_ALIKES = str.maketrans(
    "аеорсхуікмтнвАЕОРСХУІКМТНВαοερτνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcxyikmthbAEOPCXYIKMTHBaoeptvikABEZHIKMNOPTYX",
)
SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
# As it is written where the letter is missing.
WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ő": "oe", "ű": "ue"})
LONGER = re.compile(r"(a)[ea]|([ou])e")  # what `WITH_E` makes, folded
DATE = re.compile(  # 2026-10-05, 05.10.2026, 10/05/2026, with two digits of the year, and with the time
    "{y}{m}{d}([0-9]{{4}}|[0-9]{{6}})?|{d}{m}{y}|{m}{d}{y}|{s}{m}{d}|{d}{m}{s}|{m}{d}{s}".format(
        y="(?:19|20)[0-9]{2}", s="[23][0-9]", m="(?:0[1-9]|1[0-2])", d="(?:0[1-9]|[12][0-9]|3[01])"
    )
)
# What would make a longer address, number or login of a mark: (in front of it, behind it).
LONGER_ADDRESS = (r"(?<![^\W_])(?<![^\W_][_.+'’-])", r"(?![^\W_]|[.-][^\W_])")
LONGER_NUMBER = (r"(?<![^\W_])(?<!\d[.-])[a-z]?", r"(?![^\W_]|[.-]\d)")  # "s1234567" is one
LONGER_LOGIN = (r"(?<![^\W_])(?<![^\W_][.+'’-])", r"(?![^\W_]|[.+'’@-][^\W_])")


def fold(text: str) -> str:
    """`text` without case, accents, blanks, punctuation and look-alikes: equal folds are the same name."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if unicodedata.category(c)[0] != "M")
    if re.search(r"[A-Za-z]", plain):  # a Latin word with foreign letters in it; a Greek name stays Greek
        plain = plain.translate(LOOK_ALIKES)
    plain = "".join(SPELLED.get(c, c) for c in plain.casefold())
    return "".join(c for c in plain if c.isalnum())


def tokens(text: str) -> frozenset[str]:
    """The folded words of a name, in no order."""
    return frozenset(w for w in (fold(part) for part in words_of(text)) if w)


def words_of(text: str) -> list[str]:
    """The words of a name as they are written; empty ones at its ends."""
    return re.split(r"[\s_,.+&;/()\[\]–—-]+", text)


def spellings(text: str) -> set[str]:
    """`text` folded, without umlauts and with e in their place: Müller is Muller and Mueller."""
    return {fold(text), fold(unicodedata.normalize("NFC", text).casefold().translate(WITH_E))}


def said(text: str) -> dict[str, set[str]]:
    """The words of a text, folded, each with its spellings."""
    return {fold(word): spellings(word) for word in words_of(text) if fold(word)}


def spelled(text: str) -> str:
    """What all spellings of `text` have in common. Other names have it, too: Do and Doe."""
    return LONGER.sub(r"\1\2", fold(text))


def alike(one: str, other: str) -> bool:
    """Whether two texts have the same words, each in one of its spellings."""
    left, right = said(one).values(), said(other).values()
    return all(any(a & b for b in right) for a in left) and all(any(a & b for a in left) for b in right)


def addresses(text: str) -> int:
    """How many e-mail addresses a text has."""
    return len(re.findall(r"\w@\w", text))


def vague(word: str) -> bool:
    """Whether a number says nothing of a person by itself: it has few digits, or is a date."""
    digits = re.sub(r"[.-]", "", word)
    return digits.isdecimal() and (len(digits) < 5 or bool(DATE.fullmatch(digits)))


def without(mark: str, text: str) -> str | None:
    """A text without an address, number or login; None where it does not stand there whole.

    A login of letters alone may be somebody's name, and a number that is vague may be a date: these are no marks.
    """
    mark, text = mark.casefold(), text.casefold()
    if len(mark) < 4 or mark not in text or mark.isalpha() or vague(mark):
        return None
    number = re.fullmatch(r"[\d.-]+", mark)
    before, behind = LONGER_ADDRESS if "@" in mark else LONGER_NUMBER if number else LONGER_LOGIN
    if "@" in mark:  # no domain has such a character: the next address, or a word, begins
        text = re.sub(r"(@[^\W_]+(?:[.-][^\W_]+)+)[_+]", r"\1 ", text)
    rest, times = re.subn(before + re.escape(mark) + behind, " ", text)
    return rest if times else None
