"""An SVG as a PNG: drawn by resvg, which runs no script and asks no network, in a process of its own with limits.

resvg would read files that an `href` names, so only what is within the drawing itself keeps its reference. Elements
that hold other languages (scripts, HTML) are taken out before.
"""

import gzip
import io
import re
import subprocess
import sys
import zlib
from pathlib import Path
from xml.etree import ElementTree

SECONDS, MEMORY = 15, 1536 * 2**20  # for one drawing: time on a clock, bytes of address space
MOST_CHARACTERS = 8_000_000  # of an SVG's text
SIDE = 1600  # pixels of the longer side
SMALLER = 1000  # a drawing whose longer side is below this is enlarged, at most twice
INSIDE = re.compile(r"\s*(#|data:image/(png|jpe?g|gif|webp)[;,])", re.I)
OTHER = ("script", "foreignObject", "iframe", "object", "embed", "audio", "video")
# A tag of a drawing; the first group: it is the text of a picture's address, the second: it is closed at once.
TAG = re.compile(
    r"""(data:image/svg\+xml[^,<>]{0,80},\s*)?<svg\b(?:[^<>"'/]|"[^"<]*"|'[^'<]*'|/(?!>))*(/)?>|</svg\s*>""", re.I
)
SIZE = re.compile(r"\s*([\d.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|em|)\s*", re.I)
UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16}
# Reads the drawing from its standard input; a hostile one ends this process and nothing else.
DRAW = """
import resource, sys
width, fonts, system, seconds, memory = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "True", *map(int, sys.argv[4:])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
import resvg_py
text = sys.stdin.buffer.read().decode("utf-8")
names = dict.fromkeys(("font_family", "sans_serif_family", "cursive_family", "fantasy_family"), "DejaVu Sans")
png = resvg_py.svg_to_bytes(svg_string=text, dpi=96, width=width, background="white", skip_system_fonts=not system,
    font_dirs=[fonts], serif_family="DejaVu Serif", monospace_family="DejaVu Sans Mono", **names)
sys.stdout.buffer.write(bytes(png))
"""


def is_drawing(payload: bytes) -> bool:
    """Whether these bytes are SVG, also gzipped, whatever comes before its first element."""
    head = payload[:4000]
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(payload, 4000)
        except zlib.error:
            return False
    head = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and re.search(rb"<(\w+:)?svg[\s>]", head) is not None


def within(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the next drawing lies in HTML or Markdown, with the drawings in it; not one that is a picture's address."""
    depth, begin, own = 0, 0, False
    for tag in TAG.finditer(text, start):
        if tag[2]:
            continue
        if tag[0].startswith("</"):
            depth -= 1
            if depth == 0 and own:
                return begin, tag.end()
            depth = max(depth, 0)
            continue
        if depth == 0:
            begin, own = tag.start(), not tag[1]
        depth += 1
    return None


def drawn(payload: bytes) -> bytes:
    """The drawing as a PNG on white. Raises ValueError with a clause that says why it cannot be drawn."""
    text, width = _harmless(_text(payload))
    system = "<text" in text or ":text" in text  # reading the system's fonts takes a while
    call = [sys.executable, "-I", "-c", DRAW, *map(str, (width, _fonts(), system, SECONDS, MEMORY))]
    try:
        done = subprocess.run(call, input=text.encode(), capture_output=True, timeout=SECONDS, check=True)
    except subprocess.TimeoutExpired:
        raise ValueError(f"it is an SVG that takes more than {SECONDS} seconds to draw") from None
    except (subprocess.CalledProcessError, OSError):
        raise ValueError("it is an SVG that cannot be drawn") from None
    if not done.stdout.startswith(b"\x89PNG"):
        raise ValueError("it is an SVG that cannot be drawn")
    return done.stdout


def _fonts() -> str:
    """matplotlib's own fonts: figures that hold text rather than outlines look alike on every machine."""
    import matplotlib

    return str(Path(matplotlib.get_data_path(), "fonts", "ttf"))


def _text(payload: bytes) -> str:
    if payload.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(payload)) as stream:
                payload = stream.read(MOST_CHARACTERS + 1)
        except (OSError, EOFError, zlib.error):
            raise ValueError("it is an SVG that is damaged") from None
    if len(payload) > MOST_CHARACTERS:
        raise ValueError("it is an SVG of more than 8 MB")
    wide = payload.startswith((b"\xff\xfe", b"\xfe\xff"))
    return payload.decode("utf-16" if wide else "utf-8-sig", "replace")


def _harmless(text: str) -> tuple[str, int]:
    """(the drawing without what could run or lead out of it, the width in pixels to draw it at)."""
    if re.search(r"<!ENTITY", text, re.I):
        raise ValueError("it is an SVG with definitions of its own (ENTITY)")
    text = text[text.index("<") :]
    text = re.sub(r"<!DOCTYPE[^>\[]*(\[[^\]]*\]\s*)?>", "", re.sub(r"<\?xml[^>]*\?>", "", text), flags=re.I)
    if "xmlns=" not in text[:2000] and re.search(r"<svg[\s>]", text):
        text = re.sub(r"<svg(?=[\s>])", '<svg xmlns="http://www.w3.org/2000/svg"', text, count=1)
    if "xlink:" in text and "xmlns:xlink" not in text:
        text = re.sub(r"<svg(?=[\s>])", '<svg xmlns:xlink="http://www.w3.org/1999/xlink"', text, count=1)
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise ValueError("it is an SVG that is damaged") from None
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in OTHER:
                parent.remove(child)
        for name, value in list(parent.attrib.items()):
            leads = name.rpartition("}")[2] in ("href", "src", "base")
            if (leads and not INSIDE.match(value)) or name.lower().startswith("on"):
                del parent.attrib[name]
    width = _width(root)
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ElementTree.tostring(root, encoding="unicode"), width


def _width(root: ElementTree.Element) -> int:
    """The width in pixels at which the longer side is readable and bounded."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        inner = (float(box[2]), float(box[3])) if len(box) == 4 else (0.0, 0.0)
    except ValueError:
        inner = (0.0, 0.0)
    w, h = _length(root.get("width")) or inner[0], _length(root.get("height")) or inner[1]
    if not (0 < w < 1e7 and 0 < h < 1e7):
        return SMALLER
    if max(w, h) > 100 * min(w, h):
        raise ValueError("it is an SVG that is a hundred times longer than wide")
    scale = min(2.0, max(1.0, SMALLER / max(w, h)))
    scale = min(scale, SIDE / max(w, h))
    return max(1, round(w * scale))


def _length(text: str | None) -> float:
    found = SIZE.fullmatch(text or "")
    try:
        return float(found[1]) * UNITS[found[2].lower()] if found else 0.0
    except ValueError:
        return 0.0
