"""What MathJax draws, without what a formula may bring along: a link that runs, an id, a class, a style, an address.

A formula is a student's text, and some commands (`\\mmlToken`, `\\unicode`, `\\color`) hand attributes through. So the
drawing is written anew of elements and attributes that can only draw. What MathJax leaves to its style sheet, which no
page here has, is written to the lines of tables: else a frame would be a black box, and a rule would not be seen.
"""

import html
import re
from xml.etree import ElementTree

NAMESPACE = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "g", "path", "rect", "line", "polygon", "ellipse", "circle", "text"}
UNWRAPPED = {"a"}  # what is in it stays
ATTRIBUTES = {
    "width", "height", "viewBox", "preserveAspectRatio", "role", "focusable", "x", "y", "x1", "x2", "y1", "y2", "cx",
    "cy", "data-c", "r", "rx", "ry", "d", "points", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray",
    "stroke-linecap", "font-family", "font-size", "font-style", "font-weight",
}  # fmt: skip
HARMLESS = re.compile(r"(?!.*url)[\w\s.,%#()+-]*", re.I | re.S)  # numbers, words and colours; no address, no style
PLACE = re.compile(r"(?:\s*(?:vertical-align|min-width):\s*-?[\d.]+(?:ex|em|px)?;?)*\s*")  # the style of the whole
TAG = re.compile(r"<\w+(?:\s+[\w:-]+=\"[^\"]*\")*\s*>")  # MathJax writes HTML, whose attributes may hold < and &
DASHES = {"mjx-dashed": {"stroke-dasharray": "140"}, "mjx-dotted": {"stroke-dasharray": "0 140"}}


def strokes(svg: str) -> str:
    """The drawing of a formula, harmless. Raises ValueError when it is none."""
    try:
        root = ElementTree.fromstring(TAG.sub(_as_xml, svg))
    except (ElementTree.ParseError, UnicodeError):
        raise ValueError("it cannot be drawn") from None
    if _name(root) != "svg":
        raise ValueError("it cannot be drawn")
    style = root.get("style", "")
    own = {"style": style} if PLACE.fullmatch(style) else {}
    return "".join(_written(root, {"xmlns": NAMESPACE[1:-1], **own}))


def _as_xml(tag: re.Match[str]) -> str:
    return re.sub('="([^"]*)"', lambda found: f'="{html.escape(found[1].replace("&quot;", chr(34)))}"', tag[0])


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).removeprefix(NAMESPACE)


def _written(element: ElementTree.Element, more: dict[str, str]) -> list[str]:
    name = _name(element)
    inner = [text for child in element for text in _written(child, _table_line(child))]
    if name in UNWRAPPED:
        return inner
    if name not in ELEMENTS:
        return []
    kept = {k: v for k, v in element.attrib.items() if k in ATTRIBUTES and HARMLESS.fullmatch(v)}
    about = "".join(f' {k}="{html.escape(v)}"' for k, v in (more | kept).items())
    words = html.escape(element.text or "", quote=False) if name == "text" else ""
    return [f"<{name}{about}>", words, *inner, f"</{name}>"]


def _table_line(element: ElementTree.Element) -> dict[str, str]:
    """What MathJax's style sheet says of the lines and frames of tables, and of what stands beside them."""
    if _name(element) == "svg":
        return {"overflow": "visible"}
    if "data-line" not in element.attrib and "data-frame" not in element.attrib:
        return {}
    return {"stroke-width": "70", "fill": "none"} | DASHES.get(element.get("class", "").strip(), {})
