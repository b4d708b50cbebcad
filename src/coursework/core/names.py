"""Names as they are compared: without what two spellings of one name differ in."""

import re
import unicodedata

# Letters of other scripts that look like Latin ones, and letters that have no canonical decomposition.
LOOK_ALIKES = str.maketrans(
    "аеорсхуікмтнвАЕОРСХУІКМТНВαοερτνικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcxyikmthbAEOPCXYIKMTHBaoeptvikABEZHIKMNOPTYX",
)
SPELLED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
UMLAUTS = {"ae": "a", "oe": "o", "ue": "u"}


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
    return frozenset(w for w in (fold(part) for part in re.split(r"[\s_,.+&;/()\[\]\-]+", text)) if w)


def spelled(text: str) -> str:
    """`text` folded, and umlauts that are spelled with e without it: Müller, Mueller and Muller are the same."""
    plain = fold(text)
    for two, one in UMLAUTS.items():
        plain = plain.replace(two, one)
    return plain


def whole_word(mark: str, text: str) -> bool:
    """Whether an address, or what has digits and is not short, is a word of a text."""
    if len(mark) < 4 or not re.search(r"[@\d]", mark):
        return False
    letter = "[a-z]?" if mark.isdigit() else ""  # "s1234567"
    return bool(re.search(rf"(?<![^\W_]){letter}{re.escape(mark.casefold())}(?![^\W_])", text.casefold()))
