"""Code in an answer that Python cannot read only for how it was pasted: made legible, and said.

A chat or a word processor leaves no-break spaces, typographic quotes, a Markdown fence; git its marks of a conflict.
Only a text that does not parse is touched, and only if it parses then.
"""

import html
import re
import textwrap

from coursework.intake import conflicts
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
    **dict(zip(map(ord, "…×≤≥≠"), ("...", "*", "<=", ">=", "!="), strict=True)),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # those of a keyboard for East Asian scripts
}
MARKED = re.compile(r"^[ \t]*(?:<{7}|={7}|>{7}|`{3}|@@ )", re.M)  # what only pasting or merging leaves in code
PROMPT = re.compile(r"^[ \t]*(?:>>> ?|In ?\[\d*\]: ?|\.\.\.+: ?|\.\.\. ?)", re.M)
CONTINUED = re.compile(r"\s*(?:>>>|In ?\[|\.\.\.+:|\.\.\. )")  # the first line of a session, or of a piece of one
NUMBERED = re.compile(r"^[ \t]*(\d+)(?:[ \t]*[:|.](?!\d))?(.*)$")  # "1 def", "2:    return", and "1def"
TIMED = re.compile(r"\A\s*(?:%%\w+[^\n]*\n)+")  # on top of a piece of code as of any other cell
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.M | re.S)
LONE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\w*[ \t]*$\n?", re.M)
WORDS = re.compile(r"(?!(?:import|from|del|global|assert|return|pass)\b)[^\W\d_][^=()\[\]{}<>#@\"+*/%|&\\]*$")
Step = tuple[str, str]  # what was done, the text after it


def legible(source: str, stub: str = "", most: int = 3) -> tuple[str, str, bool]:
    """Code as Python reads it, where it was pasted in some other way.

    One step is tried after the other; where none is enough, what a step has left is tried in the same way.

    Args:
        source: the cell as it was submitted.
        stub: the cell as it was released; the side of a conflict that is like it does not count.
        most: how many steps at once are tried.

    Returns:
        (the code, what was done to it, whether it parses now); unchanged where nothing helps.
    """
    if parses(source):
        return source, "", True
    unwrapped = [(what, text) for what, text in _unwrapped(source, stub) if text != source]
    for what, text in [*unwrapped, *_retyped(source)]:
        if parses(text):
            return text, what, True
    blanks = (_blanks(source), source.translate(PLAIN))
    for what, left in [*unwrapped, blanks] if most else []:
        if left != source:
            text, more, fine = legible(left, stub, most - 1)
            if fine:
                return text, f"{what}, {more}", True
    return source, "", False


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
    steps = (_without_words, lambda code: code.translate(QUOTES), lambda code: _without_words(code.translate(QUOTES)))
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
    found.append(("words around the code were taken off", _without_words(source)))
    found.append(("what was in front of its lines was taken off", _without_prompts(source)))
    found.append(("line numbers were taken off", textwrap.dedent(_without_numbers(source))))
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


def _after(source: str) -> str:
    """The new side of a diff of one place."""
    lines = source.strip("\n").split("\n")
    at = next((n for n, line in enumerate(lines) if line.startswith("@@")), -1)
    body = lines[at + 1 :]
    if at < 0 or any(line[:1] not in ("", " ", "+", "-", "\\") for line in body):
        return source
    return "\n".join(line[1:] for line in body if line[:1] not in ("-", "\\"))


def _without_words(source: str) -> str:
    """Code without the words that a chat puts above and below it: whole lines without a sign that code has."""
    lines = source.split("\n")
    spoken = [not line.strip() or bool(WORDS.match(line)) for line in lines]
    if all(spoken):
        return source
    return "\n".join(lines[spoken.index(False) : len(lines) - spoken[::-1].index(False)])


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
