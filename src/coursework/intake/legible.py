"""Code in an answer that Python cannot read only for how it was pasted: made legible, and said.

A chat or a word processor leaves no-break spaces, typographic quotes, a Markdown fence; git its marks of a conflict.
Only a text that does not parse is touched, and only if it parses then.
"""

import html
import re
import textwrap

from coursework.intake import conflicts
from coursework.notebook.definitions import parses
from coursework.notebook.dialect import code_tree

NOTHING: dict[int, str | None] = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
BLANKS: dict[int, str | None] = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
LINES: dict[int, str | None] = dict.fromkeys([0x2028, 0x2029, 0x85], "\n")
QUOTES: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "“”„‟«»＂″"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛＇′"), "'"),
}
SIGNS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, "−–—‐‑﹣－"), "-"),
    **dict(zip(map(ord, "…×≤≥≠"), ("...", "*", "<=", ">=", "!="), strict=True)),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # those of a keyboard for East Asian scripts
}
PROMPT = re.compile(r"^[ \t]*(?:>>> ?|In ?\[\d*\]: ?|\.\.\.+: ?|\.\.\. ?)", re.M)
NUMBERED = re.compile(r"^[ \t]*(\d+)[ \t]?[:|.]?(?: |$)(.*)$")
FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.M | re.S)


def legible(source: str) -> tuple[str, str, bool]:
    """(the code as Python reads it, what was done, whether it parses now); unchanged where nothing helps."""
    if parses(source):
        return source, "", True
    if conflicts.conflicting(source):
        ours, theirs = conflicts.sides(source)
        if parses(ours):
            same = ours.strip() == theirs.strip()
            which = "its sides are equal" if same else "the first side counts"
            return ours, f"the marks of a git conflict were taken off; {which}", True
    if blocks := [m[2] for m in FENCE.finditer(f"{source}\n")]:
        inside = "\n".join(block.rstrip("\n") for block in blocks)
        if parses(inside):
            return inside, "a Markdown fence was taken off", True
    steps: list[tuple[str, dict[int, str | None]]] = [
        ("no-break spaces became blanks", NOTHING | BLANKS | LINES),
        ("typographic quotes became plain ones", QUOTES),
        ("dashes and signs became those of a keyboard", SIGNS),
    ]
    for what, plainer in (
        ("what was in front of its lines was", _without_prompts),
        ("line numbers were", _without_numbers),
    ):
        if (bare := plainer(source)) != source and parses(bare):
            return bare, f"{what} taken off", True
    if "&" in source and parses(bare := html.unescape(source)):
        return bare, "a web page's way to write < > & became these", True
    text, done = source, []
    for what, table in steps:
        changed = text.translate(table)
        if changed != text:
            text = changed
            done.append(what)
        if parses(text):
            return text, ", ".join(done), True
    for width in (4, 8):
        if "\t" in text and parses(text.expandtabs(width)):
            return text.expandtabs(width), ", ".join([*done, "tabs became blanks"]), True
    return source, "", False


def _without_prompts(source: str) -> str:
    """Code as it was typed at a prompt, and indented as a whole: a notebook runs it like that, too."""
    text = PROMPT.sub("", source) if re.match(r"\s*(?:>>>|In ?\[)", source) else source
    return textwrap.dedent(text.strip("\n"))


def _without_numbers(source: str) -> str:
    """Code without the numbers in front of all its lines, if they count up."""
    lines = [NUMBERED.match(line) for line in source.split("\n") if line.strip()]
    numbers = [int(m[1]) for m in lines if m]
    if len(numbers) < 2 or len(numbers) < len(lines) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return source
    return "\n".join(m[2] for m in lines if m)


def trouble(source: str) -> str:
    """Why Python cannot read a text, with the line; "" if it can."""
    try:
        code_tree(source)
    except ValueError as error:
        return str(error)
    return ""
