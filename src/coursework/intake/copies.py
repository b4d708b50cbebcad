"""A file's name without what copying has added to it, in the languages in which systems write it.

Google Drive and Colab put a phrase in front or behind ("Kopie von …", "…のコピー"); Windows, macOS, GNOME, KDE, Jupyter
and browsers put a word or a number behind ("… - Copia (2)", "… copie 2", "… (3rd copy)", "-Copy1", "(1)"). Behind the
assignment's id a word for "copy" cannot be part of a name; in front of a name only a whole phrase is taken off. The
phrases and words are in copies.txt.
"""

import re
import unicodedata
from importlib.resources import files

QUOTES = "\"'“”„‟‘’‚«»‹›「」『』〈〉《》"
ENDING = re.compile(r"\.(ipynb|json|txt|py|html?|zip|qmd|rmd|md|pdf|tar|gz|tgz|bz2|xz|7z|rar)(?![a-z0-9-])", re.I)
MORE = re.compile(r"[^\W\d_]|\d{4}")  # what a mere number of a copy, "(1)", " 2", "-3", "(1)(2)", does not have
LONGEST = 300  # characters of a name; no file system takes longer ones


def _phrases() -> dict[str, list[str]]:
    """The sections of copies.txt."""
    text = (files("coursework.intake") / "copies.txt").read_text(encoding="utf-8")
    lines = "|".join(line for line in text.splitlines() if not line.startswith("#"))
    found = {}
    for section in lines.split("[")[1:]:
        head, _, rest = section.partition("]")
        found[head] = [phrase.strip() for phrase in rest.split("|") if phrase.strip()]
    return found


def _any(phrases: list[str]) -> str:
    longest = sorted({unicodedata.normalize("NFC", p) for p in phrases}, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"[\s_]+") for p in longest)


PHRASES = _phrases()
# A phrase in Latin, Cyrillic or Greek letters is a word of its own; of scripts without blanks none is needed.
FRONT = re.compile(
    rf"^\s*[{QUOTES}]?(?:\(\d+\)\s*)?(?:copy[\s_]*\(\d+\)(?:[\s_]+of)?|{_any(PHRASES['front'])})"
    r"(?:(?<=[’'\":])|(?<=[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af])|(?![^\W_]))[\s_:–-]*",
    re.I,
)
BACK = re.compile(rf"[\s_]*[-–—]?[\s_]*(?:{_any(PHRASES['behind'])})\s*\d{{0,2}}\s*$", re.I)
DEVICE = re.compile(r"-(?:DESKTOP|LAPTOP|PC|MACBOOK)-\w+$", re.I)  # as OneDrive names the copy of a second computer
NO_NAMES = [word for word in PHRASES["words"] if len(word) > 3 and word.isascii()]  # short words may be names
INSIDE = re.compile(rf"(?P<before>_[^\W\d_]+)[\s_–-]+(?:{_any(NO_NAMES)})(?=[\s_–-]+$)", re.I)
COPY_WORD = re.compile(rf"(?<![^\W\d_])(?:{_any(PHRASES['words'])})(?![^\W\d_])", re.I)


def bare(file_name: str, assignments: list[str]) -> tuple[str, list[str]]:
    """(the stem as the student gave it, what copying had added: one sentence part each).

    Args:
        file_name: the last part of a path, with its endings.
        assignments: the ids that may be in it.
    """
    odd: list[str] = []
    unseen = "".join(c for c in file_name[:LONGEST] if unicodedata.category(c) != "Cf")  # marks of direction
    stem = unicodedata.normalize("NFC", unseen).strip()
    while True:
        before = stem
        stem = ENDING.sub("", stem).strip().strip(QUOTES).strip()
        if match := FRONT.match(stem):
            rest = stem[match.end() :]
            one_word = not re.search(r"\w[\s_]+\w", match[0]) and match[0].endswith("_")
            # "Kopia_Jan_hw1-mlp" is somebody called Kopia; "Kopia_Nowak_Jan_hw1-mlp" is a copy.
            if re.search(r"\w", rest) and (not one_word or rest.count("_") > 1):
                odd.append(f"“{match[0].strip()}” in front")
                stem = rest
        if (match := BACK.search(stem)) and re.search(r"\w", stem[: match.start()]):
            odd.append(f"“{match[0].strip()}” at the end")
            stem = stem[: match.start()]
        stem = _tail(stem, assignments, odd)
        if stem == before:
            return stem, odd


def _tail(stem: str, assignments: list[str], odd: list[str]) -> str:
    """`stem` without the copy's mark that follows the assignment's id."""
    ids = [r"[\W_]*".join(re.findall(r"[^\W\d_]+|\d+", assignment)) for assignment in assignments]
    for one in (*ids, r"(?:hw|homework|assignment|ex|sheet)[\s_-]*0*\d+"):
        found = list(re.finditer(rf"(?<![^\W_]){one}(?!\d)", stem, re.I))
        if found:
            name = stem[: found[-1].start()]
            if copied := INSIDE.search(name):
                odd.append(f"“{name[copied.end('before') :].strip(' _–-')}” in it")
                stem = name[: copied.end("before")] + "_" + stem[found[-1].start() :]
                return stem
            tail = DEVICE.sub("", stem[found[-1].end() :])
            if tail and (COPY_WORD.search(tail) or not MORE.search(tail)):
                if re.search(r"\w", tail):
                    odd.append(f"“{tail.strip()}” at the end")
                return stem[: found[-1].end()]
            return stem if tail else stem[: found[-1].end()]
    return stem
