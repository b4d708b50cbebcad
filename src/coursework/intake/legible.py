"""Code in an answer that Python cannot read only for how it was pasted: made legible, and said.

A chat or a word processor leaves no-break spaces, typographic quotes, a Markdown fence; git its marks of a conflict.
Only a text that does not parse is touched, and only if it parses then; lone names of a page's buttons are taken off
one that does, too.
"""

import html
import re
import textwrap
from collections.abc import Callable

from coursework.intake import chat, conflicts
from coursework.notebook.whole import parses, whole_tree

NOTHING: dict[int, str | None] = dict.fromkeys(map(ord, "\0\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
BLANKS: dict[int, str | None] = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
LINES: dict[int, str | None] = dict.fromkeys([0x2028, 0x2029, 0x85], "\n")
QUOTES: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "“”„‟«»＂″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛＇′"), "'"),
}
PLAIN = NOTHING | BLANKS | LINES
SIGNS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "−–—‐‑﹣－"), "-"),
    **dict.fromkeys(map(ord, "×∗⁎⋅"), "*"),
    **dict.fromkeys(map(ord, "÷∕"), "/"),
    **dict(zip(map(ord, "…≤≥≠→∶、"), ("...", "<=", ">=", "!=", "->", ":", ","), strict=True)),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # those of a keyboard for East Asian scripts
}
PROMPT = re.compile(r"^[ \t]*(?:>>> ?|In ?\[\d*\]: ?|\.\.\.+: ?|\.\.\. ?)", re.M)
CONTINUED = re.compile(r"\s*(?:>>>|In ?\[|\.\.\.+:|\.\.\. )")  # the first line of a session, or of a piece of one
NUMBERED = re.compile(r"^[ \t]*(\d{1,6})(?:[ \t]*[:|.](?!\d))?(.*)$")  # "1 def", "2:    return", and "1def"
TIMED = re.compile(r"\A\s*(?:%%\w+[^\n]*\n)+")  # on top of a piece of code as of any other cell
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.M | re.S)
LONE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\w*[ \t]*$\n?", re.M)
QUOTED = re.compile(r"^[ \t]*>(?: |$)?", re.M)  # as mail and Markdown quote a text
OWN_NUMBER = re.compile(r"[ \t]*(\d{1,6})[ \t]*[:|.)]?[ \t]*$")
NAMED_FILE = re.compile(r"diff --git |index [0-9a-f]+|--- |\+\+\+ ")  # what a diff begins with
Step = tuple[str, str]  # what was done, the text after it


def legible(source: str, stub: str = "", names: Callable[[], set[str]] = set) -> tuple[str, str, bool]:
    """Code as Python reads it, where it was pasted in some other way.

    Args:
        source: the cell as it was submitted.
        stub: the cell as it was released; the side of a conflict that is like it does not count.
        names: all that the notebook defines; a lone line of such a name is not taken for a button.

    Returns:
        (the code, what was done to it, whether it parses now); unchanged where nothing helps.
    """
    text, done, fine = _mended(source, stub)
    if fine and (shorter := chat.without_labels(text, names)) != text and parses(shorter):
        return shorter, ", ".join([*([done] if done else []), "names of a page's buttons were taken off"]), True
    return text, done, fine


def _mended(source: str, stub: str, most: int = 3) -> tuple[str, str, bool]:
    """One step is tried after the other; where none is enough, what a step has left is tried in the same way, with at
    most so many steps at once."""
    if parses(source):
        return source, "", True
    unwrapped = [(what, text) for what, text in _unwrapped(source, stub) if _seen(text) != _seen(source)]
    for what, text in [*unwrapped, *_retyped(source)]:
        if parses(text):
            return text, what, True
    blanks = (_blanks(source), source.translate(PLAIN))
    for what, left in [*unwrapped, blanks] if most else []:
        if left != source:
            text, more, fine = _mended(left, stub, most - 1)
            if fine:
                return text, f"{what}, {more}", True
    return source, "", False


def _seen(text: str) -> str:
    """A text without the blank lines around it: to take these off is not a repair."""
    return text.strip("\n").rstrip()


def unpasted(source: str) -> str:
    """The text without a Markdown fence around code, and with ordinary blanks: what can be known of it anyway."""
    return (_fenced(source) or source).translate(PLAIN)


def bare(source: str) -> str:
    """A piece of code without what pasting has put around it and in front of its lines; its indentation stays."""
    source = below if not parses(below := TIMED.sub("", source)) else source
    if parses(source):
        return source
    text = (_fenced(source) or LONE.sub("", source)).translate(PLAIN)
    text = PROMPT.sub("", text) if CONTINUED.match(text) else text
    text = _without_numbers(text, least=1)
    words = chat.without_words
    steps = (words, lambda code: code.translate(QUOTES), lambda code: words(code.translate(QUOTES)))
    tried = [text, *(step(text) for step in steps)]
    return next((one for one in tried if parses(textwrap.dedent(one))), tried[-1])


def _fenced(source: str) -> str:
    """What is inside of Markdown fences; "" where there is none."""
    return "\n".join(m[2].rstrip("\n") for m in FENCE.finditer(f"{source}\n"))


def _blanks(source: str) -> str:
    rest = source.translate(NOTHING)
    unseen = rest != source and rest.translate(PLAIN) == rest
    return "signs that nobody sees were taken off" if unseen else "no-break spaces became blanks"


def _unwrapped(source: str, stub: str) -> list[Step]:
    """What is around or in front of the code, taken off."""
    found: list[Step] = []
    if conflicts.conflicting(source):
        ours, theirs = conflicts.sides(source)
        which = "its sides are equal" if ours.strip() == theirs.strip() else "the first side counts"
        if ours.strip() == stub.strip():
            which, ours = "the second side counts, as the first one is as released", theirs
        found.append((f"the marks of a git conflict were taken off; {which}", ours))
    inside = _fenced(source) or LONE.sub("", source)  # of a fence one mark may be missing
    found.append(("a Markdown fence was taken off", inside))
    found.append(("the marks of a diff were taken off", _after(source)))
    found.append(("words around the code were taken off", chat.without_words(source)))
    found.append(("what was in front of its lines was taken off", _without_prompts(source)))
    found.append(("the marks of a quotation were taken off", _unquoted(source)))
    found.append(("line numbers were taken off", textwrap.dedent(_without_numbers(source))))
    found.append(("line numbers were taken off", _without_own_numbers(source)))
    found.append(("backticks around the code were taken off", chat.without_ticks(source)))
    found.append(("a traceback was taken off", chat.without_trace(source)))
    if "&" in source:
        found.append(("a web page's way to write < > & became these", html.unescape(source)))
    return found


def _retyped(source: str) -> list[Step]:
    """The same text with signs as a keyboard writes them, more of them from one to the next."""
    found: list[Step] = []
    text, done = source, []
    for what, table in (
        (_blanks(source), PLAIN),
        ("typographic quotes became plain ones", QUOTES),
        ("dashes and signs became those of a keyboard", SIGNS),
    ):
        changed = text.translate(table)
        if changed != text:
            text = changed
            done.append(what)
            found.append((", ".join(done), text))
    if "\t" in text:
        found += [(", ".join([*done, "tabs became blanks"]), text.expandtabs(width)) for width in (4, 8)]
    return found


def _without_prompts(source: str) -> str:
    """Code as it was typed at a prompt, and indented as a whole: a notebook runs it like that, too."""
    text = PROMPT.sub("", source) if re.match(r"\s*(?:>>>|In ?\[)", source) else source
    return textwrap.dedent(text.strip("\n"))


def _unquoted(source: str) -> str:
    """Code without the ">" that quotes each of its lines."""
    lines = [line for line in source.split("\n") if line.strip()]
    return QUOTED.sub("", source) if all(QUOTED.match(line) for line in lines) else source


def _after(source: str) -> str:
    """The new side of a diff of one place; a chat shows one without the line that says the place."""
    lines = source.strip("\n").split("\n")
    at = next((n for n, line in enumerate(lines) if line.startswith("@@")), -1)
    if at < 0:
        at = next((n for n, line in enumerate(lines) if not NAMED_FILE.match(line)), 0) - 1
    body = lines[at + 1 :]
    if body and body[0][:1] not in (" ", "+", "-"):
        body[0] = f" {body[0]}"  # its blank was not copied
    known = all(line[:1] in ("", " ", "+", "-", "\\") for line in body)
    if not known or not any(line.startswith("+") for line in body):
        return source
    return textwrap.dedent("\n".join(line[1:] for line in body if line[:1] not in ("-", "\\")))


def _without_own_numbers(source: str) -> str:
    """Code without lines that are nothing but a number, if these count up from the first line on."""
    lines = source.split("\n")
    numbers = [int(m[1]) if (m := OWN_NUMBER.match(line)) else -1 for line in lines]
    counted = [number for number in numbers if number >= 0]
    first = next((number for line, number in zip(lines, numbers, strict=True) if line.strip()), -1)
    if len(counted) < 2 or first < 0 or counted != list(range(first, first + len(counted))):
        return source
    return "\n".join(line for line, number in zip(lines, numbers, strict=True) if number < 0)


def _without_numbers(source: str, least: int = 2) -> str:
    """Code without the numbers in front of all its lines, if they count up, and without what parts them from it."""
    lines = [NUMBERED.match(line) for line in source.split("\n") if line.strip()]
    numbers = [int(m[1]) for m in lines if m]
    if (
        len(numbers) < least
        or len(numbers) < len(lines)
        or numbers != list(range(numbers[0], numbers[0] + len(numbers)))
    ):
        return source
    code = [m[2] for m in lines if m]
    parted = (
        min((len(line) - len(line.lstrip()) for line in code if line.strip()), default=0) % 4
    )  # indentation goes by four
    return "\n".join(line[parted:] for line in code)


def trouble(source: str) -> str:
    """Why Python cannot read a text, with the line; "" if it can."""
    try:
        whole_tree(source)
    except ValueError as error:
        return str(error)
    return ""
