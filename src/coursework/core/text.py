"""Texts of strangers: what a submission says goes to terminals, tables and pages, so it is tamed first.

What a student's process says while hidden tests run may carry their source, in any encoding. Such text is an aside in
a message: staff read it, students do not.
"""

import errno
import re
from collections.abc import Iterable

# Control characters (terminals obey some of them), halves of surrogate pairs (no file takes them), other line ends, and
# what turns the direction of writing (a name can look like another one).
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
BLANK = re.compile("[\t\r\n]+")
NAMED = re.compile(r"^(?:\w+\.)*[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt)\b:? ?")
KINDS: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "memory ran out"),
    (TimeoutError, "it took too long"),
    (RecursionError, "it is nested too deep"),
    (KeyError, "something is missing in it"),
    (IndexError, "something is missing in it"),
    (AttributeError, "something in it is of another kind than it should be"),
    (TypeError, "something in it is of another kind than it should be"),
    (EOFError, "it ends too early"),
)
FULL = "no room is left on a disk, the course's or that of temporary files: make some, and run the command again"
# As the system says it, and SQLite and PostgreSQL.
IS_FULL = re.compile(
    rf"\[Errno ({errno.ENOSPC}|{errno.EDQUOT})\]|disk is full|No space left on device|Disk quota exceeded"
)
ASIDE = re.compile("⟦([^⟦⟧]*)⟧")


def printable(text: str, most: int | None = None, lines: bool = False) -> str:
    """`text` in one line, or in its `lines`, of at most `most` characters; � replaces what no terminal should get."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if lines else BLANK.sub(" ", text)
    text = CONTROL.sub("�", text)
    return text if most is None or len(text) <= most else text[: most - 1] + "…"


def shortened(text: str, most: int = 110) -> str:
    """`text` in at most `most` characters, cut between two words and never within a line in `back quotes`."""
    if len(text) <= most:
        return text
    cut = text[: most - 2].rpartition(" ")[0] or text[: most - 2]
    return f"{(cut.rpartition('`')[0] if cut.count('`') % 2 else cut).rstrip()} …"


def counted(number: int, word: str, many: str = "") -> str:
    """A number and its word: "1 student", "3 students"; `many` is the plural of a word that takes no s."""
    return f"{number:,} {word if number == 1 else many or word + 's'}"


def listed(names: list[str], most: int = 10) -> str:
    """The students of a list by name; of more than `most` their number, and the first ones."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{len(names)} students ({', '.join(names[:most])}, …)"


def by_reason(said: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """(why, the names of which it is said), each reason once, in their order."""
    found: dict[str, list[str]] = {}
    for name, why in said:
        found.setdefault(why, []).append(name)
    return list(found.items())


def plainly(text: str) -> str:
    """What was said of an error; what to do, where that is a full disk."""
    return FULL if IS_FULL.search(text) else text


def reason(error: BaseException) -> str:
    """What an exception says, in one line of our words: for people, to whom its name in Python says nothing."""
    said = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    said = printable(NAMED.sub("", said), 300)
    if plainly(str(error)) == FULL:
        return FULL
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    for kind, words in KINDS:
        if isinstance(error, kind):
            return f"{words} ({said})" if said else words
    return said or "an error that says nothing about itself"


def aside(text: str) -> str:
    """`text`, marked as made by a student's process, for a message that students read, too."""
    return f"⟦{text.replace('⟦', '[').replace('⟧', ']')}⟧"


def for_students(message: str) -> str:
    """`message` without its asides."""
    return ASIDE.sub("", message)


def for_staff(message: str) -> str:
    """`message` with its asides."""
    return ASIDE.sub(r"\1", message)
