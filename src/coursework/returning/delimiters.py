"""Where formulas stand in Markdown, as Jupyter finds them: it takes them out first, and reads Markdown and HTML after.

nbconvert reads Markdown first. So it takes no formula within HTML, cuts a row of a table at the bars of a norm, and
ends a formula at a dollar sign within `\\text{…}`.
"""

import html
import re
from collections.abc import Callable
from typing import ClassVar

from nbconvert.filters.markdown_mistune import MathInlineParser

# Braces in one another, three deep; within them a dollar sign does not end the formula.
_FLAT = r"[^{}\\]|\\."
_BRACES = rf"\{{(?:{_FLAT}|\{{(?:{_FLAT}|\{{(?:{_FLAT})*\}})*\}})*\}}"
INLINE = rf"(?s:(?<![$\\])\$(?P<math_inline_tex>(?:[^${{}}\\]|\\.|{_BRACES})+|.+?)(?<![$\\])\$)"
IN_HTML = re.compile(
    r"""(?P<tag></?[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>)|(?<![\\$])\$\$(?P<shown>[^$]+)\$\$"""
    r"|(?<![\\$])\$(?P<inline>[^$\n]+)(?<!\\)\$(?![$\d])",
    re.I,
)
VERBATIM = re.compile(r"<(?:pre|code|script|style|textarea)\b", re.I)
DASHES = re.compile(r":?-+:?")  # a cell of the line below the head of a table
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")
INDENTED = re.compile(r" {4}|\t")  # shown as code
IN_ROW = re.compile(r"(?P<tick>`+).*?(?P=tick)|(?<![\\$])(?P<dollars>\${1,2})(?P<tex>[^$\n]+)(?<!\\)(?P=dollars)(?!\d)")


class Inline(MathInlineParser):
    """nbconvert's rules for what stands within a paragraph, with a formula that ends where Jupyter's ends."""

    SPECIFICATION: ClassVar[dict[str, str]] = {**MathInlineParser.SPECIFICATION, "inline_math_tex": INLINE}


def in_html(markup: str, formula: Callable[[str, bool], str]) -> str:
    """A block of HTML with what `formula` gives for each formula (its LaTeX, whether it is displayed) in its text."""
    if "$" not in markup or VERBATIM.search(markup):
        return markup

    def set_one(found: re.Match[str]) -> str:
        if found["tag"]:
            return found[0]
        return formula(html.unescape(found["shown"] or found["inline"]), found["shown"] is not None)

    return IN_HTML.sub(set_one, markup)


def in_tables(source: str) -> str:
    """Markdown whose tables have no bar within a formula, where it would end a column: `\\vert` is the same sign."""
    if "|" not in source or "$" not in source:
        return source
    lines, inside, fence = source.split("\n"), False, ""
    for number, line in enumerate(lines):
        if mark := FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
        below = lines[number + 1] if number + 1 < len(lines) else ""
        shown = bool(fence or INDENTED.match(line))
        inside = not shown and "|" in line and (inside or ("|" in below and _is_rule(below)))
        if inside:
            lines[number] = IN_ROW.sub(_without_bars, line)
    return "\n".join(lines)


def _is_rule(line: str) -> bool:
    """Whether a line is the one below the head of a table."""
    return all(DASHES.fullmatch(cell.strip()) for cell in line.strip("> ").strip("|").split("|"))


def _without_bars(found: re.Match[str]) -> str:
    tex = found["tex"]
    if tex is None or "\\begin" in tex:
        return found[0]
    signs = {"\\|": "\\Vert ", "|": "\\vert "}
    written = re.sub(r"\\\||\\.|\|", lambda sign: signs.get(sign[0], sign[0]), tex)
    return f"{found['dollars']}{written}{found['dollars']}"
