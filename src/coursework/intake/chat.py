"""What copying from a chat leaves around code: words, names of buttons, backticks, the error it was asked about."""

import re
from collections.abc import Callable

# What a page writes above a block of code, and the names of the buttons there; the last ones are names of icons.
LABELS = {
    *("python", "python3", "py", "ipython", "code", "python code", "text", "plaintext", "copy", "copy code", "copied"),
    *("copy to clipboard", "edit", "run", "wrap", "download", "collapse", "expand"),
    *("content_copy", "play_circle", "expand_less", "expand_more"),
}
# A line without a sign that code has; of what begins as a statement does, only what can be none.
WORDS = re.compile(
    r"(?!(?:import|from|del|global|nonlocal|assert|return|pass|raise|yield|break|continue)\b)"
    r"(?!(?:class|if|elif|else|for|while|with|try|except|finally)\b.*:\s*$)"
    r"[^\W\d_][^=()\[\]{}<>#@\"+*/%|&\\]*$"
)
BULLET = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s+")
SYMBOLS = re.compile(r"(?:\d?[^\x00-\x7f\w\s]+\s*)+")  # an emoji in front of a line; that of a number has a digit
BOLD = re.compile(r"(?<!\w)\*\*(?=\S)([^*]+)(?<=\S)\*\*(?!\w)")
ASIDE = re.compile(r"\s\([^()]*\)")
RULE = re.compile(r"(?:-{3,}|\*{3,})\s*$")
TRACE = re.compile(
    r"(?:\w+\s+)?Traceback \(most recent call last\)|\s*(?:Cell In ?\[\d+\], line \d|File \".*\", line \d)"
)
RULED = re.compile(r"-{20,}\s*$")  # what IPython writes above a traceback
ENDED = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception|Interrupt|Warning|Exit|Iteration)(?:$|:)")


def spoken(line: str) -> bool:
    """Whether a whole line is words, as a chat writes them: in bold, with an emoji, as a point of a list."""
    if not line.strip() or RULE.match(line):
        return True
    listed = BULLET.match(line)
    text = line[listed.end() :] if listed else line
    if symbols := SYMBOLS.match(text):
        text = text[symbols.end() :]
    if not text.strip():
        return True
    text = re.sub(r"`[^`]+`", "it", BOLD.sub(r"\1", text)).rstrip()
    shorter = ASIDE.sub("", text)
    text = shorter if shorter.count(" ") > 1 else text
    return text != "it" and bool(WORDS.match(text)) and (not listed or " " in text)


def without_words(source: str) -> str:
    """Code without the words above and below it; a comment next to the code belongs to it."""
    lines = source.split("\n")
    kinds = [_kind(line) for line in lines]
    if "c" not in kinds:
        return source
    first, last = kinds.index("c"), len(kinds) - 1 - kinds[::-1].index("c")
    start = max((n + 1 for n in range(first) if kinds[n] == "w"), default=0)
    end = min((n for n in range(last + 1, len(lines)) if kinds[n] == "w"), default=len(lines))
    return "\n".join(lines[start:end]).strip("\n") if (start, end) != (0, len(lines)) else source


def _kind(line: str) -> str:
    """Of a line: a comment, blank, words, or code."""
    return "#" if line.startswith("#") else " " if not line.strip() else "w" if spoken(line) else "c"


def without_labels(source: str, names: Callable[[], set[str]]) -> str:
    """Code without lone lines above and below it that are names of buttons, and which nothing defines (`names`)."""
    lines = source.split("\n")
    kinds = [" " if not line.strip() else "b" if _label(line) in LABELS else "c" for line in lines]
    if "b" not in kinds or "c" not in kinds:
        return source
    first, last = kinds.index("c"), len(kinds) - 1 - kinds[::-1].index("c")
    around = {line.strip() for line in [*lines[:first], *lines[last + 1 :]] if line.strip()}
    if not around or around & names():
        return source
    return "\n".join(lines[first : last + 1])


def _label(line: str) -> str:
    return "" if line[:1].isspace() else line.strip().rstrip("!").casefold()


def without_ticks(source: str) -> str:
    """Code without one or two backticks around it, or around each of its lines."""
    lines = source.strip().split("\n")
    if all(len(line.strip()) > 2 and line.strip()[0] == line.strip()[-1] == "`" for line in lines if line.strip()):
        return "\n".join(line.strip().strip("`") for line in lines)
    text = source.strip()
    ends = [len(text) - len(text.lstrip("`")), len(text) - len(text.rstrip("`"))]
    return text.strip("`") if 0 < max(ends) < 3 else source


def without_trace(source: str) -> str:
    """Code without the traceback of an error above or below it; one that breaks off stays."""
    lines, kept, at = source.split("\n"), [], 0
    while at < len(lines):
        heads = at + 1 if RULED.match(lines[at]) and at + 1 < len(lines) else at
        if TRACE.match(lines[heads]):
            end = next((n for n in range(heads + 1, len(lines)) if ENDED.match(lines[n])), -1)
            if end < 0:
                return source
            at = end
        else:
            kept.append(lines[at])
        at += 1
    return "\n".join(kept)
