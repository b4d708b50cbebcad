"""The pictures that a student's Markdown names: found, made pixels, or named by a line that says where the original is.

They are attachments of the cell, `data:` addresses, and files that were submitted with the notebook. Nothing is loaded
from the web.
"""

import html
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from coursework.core.pictures import NotShown, Picture, from_base64, from_data_uri, picture
from coursework.core.text import printable
from coursework.core.verdicts import RepairRecord
from coursework.intake.attachments import plain_name

MOST = 200  # pictures of a page
MOST_BYTES = 40 * 2**20  # of all pictures of a page, as they are shown
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
IMAGE = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I)
# A drawing in Markdown, which would be taken apart at its tags; not one in code, which comes first.
DRAWING = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)|(`+)[^`].*?\2|(<svg\b.*?</svg\s*>)", re.I | re.S | re.M)
BROKEN_LINE = re.compile(r"(!\[[^\]\n]*\]\(\s*|^ {0,3}\[[^\]\n]+\]:\s*<)(data:[^)>\"']*)", re.M)


def original(folder: Path) -> str:
    """Where the file that somebody submitted is, as staff find it: `submitted/…/original/NAME`."""
    record = RepairRecord.read(folder / "repair.json")
    inside = "/".join(folder.parts[-2:])
    return f"submitted/{inside}/{record.original}" if record and record.original else "the original"


class Album:
    """The pictures of one page.

    Args:
        folder: where the files are that were submitted with the notebook, if there is one.
        where: where the original is, for pictures that cannot be shown.
    """

    def __init__(self, folder: Path | None = None, where: str = "the original") -> None:
        self.where, self.count, self.bytes = where, 0, 0
        self.files = {p.name.lower(): p for p in folder.glob("*") if p.is_file()} if folder else {}

    def shown(self, source: str, alt: str, attachments: Any = None, size: str = "") -> str:
        """The picture as HTML of ours, or the line in its place."""
        if source.startswith(BADGE):  # ours; its text is the link
            return html.escape(printable(alt, 200))
        try:
            self._afford()
            found = self.find(source, attachments)
            self.bytes += len(found.payload)
            self._afford()
        except NotShown as why:
            return self._line(source, alt, str(why))
        return f'<img alt="{html.escape(printable(alt, 200))}"{size} src="{found.uri}">'

    def _afford(self) -> None:
        self.count += 1
        if self.count > 2 * MOST or self.bytes > MOST_BYTES:
            raise NotShown("there are too many on this page")

    def _line(self, source: str, alt: str, why: str) -> str:
        pasted = source.lstrip()[:5].lower() == "data:" or source.lstrip()[:4].lower() == "<svg"
        name = alt.strip() if pasted else source.strip().removeprefix("attachment:")
        called = f" {printable(name, 120)}" if name else ""
        said = f"[a picture{called} that is not shown ({why}): see {self.where}]"
        return f'<em class="missing">{html.escape(said)}</em>'

    def find(self, source: str, attachments: Any = None) -> Picture:
        """The picture at an address as students write it. Raises NotShown with the reason."""
        source = source.strip()
        start = source[:12].lower()
        if start.startswith("data:"):
            return picture(from_data_uri(source))
        if start.startswith("<svg"):
            return picture(source.encode())
        if start.startswith("attachment:"):
            return _attached(source[11:], attachments)
        if start.startswith(("http:", "https:", "//", "ftp:")):
            raise NotShown("it is on the web, and nothing is loaded from there")
        return self._beside(source, attachments)

    def _beside(self, source: str, attachments: Any) -> Picture:
        path = unquote(urlsplit(source).path if not re.match(r"[a-zA-Z]:[\\/]", source) else source)
        name = path.replace("\\", "/").rpartition("/")[2]
        for one in (name, plain_name(name)):
            if one and (file := self.files.get(one.lower())):
                return picture(file.read_bytes())
        if isinstance(attachments, Mapping) and name in attachments:
            return _attached(name, attachments)
        raise NotShown("no file of this name was submitted")

    def within(self, markup: str, attachments: Any, keep: Any) -> str:
        """HTML of a student's with each picture replaced by what `keep` gives for it."""

        def image(found: re.Match[str]) -> str:
            about = _Image(found[0])
            return str(keep(self.shown(about.source, about.alt, attachments, about.size)))

        return IMAGE.sub(image, markup)

    def drawings(self, source: str, keep: Any) -> str:
        """Markdown with each drawing (SVG) in it replaced by what `keep` gives for it; code stays."""
        if "<svg" not in source.lower():
            return source
        return DRAWING.sub(lambda f: str(keep(self.shown(f[3], "drawing"))) if f[3] else f[0], source)


def _attached(name: str, attachments: Any) -> Picture:
    """The attachment of this name: as it is written, with percent signs, or in another case."""
    known = attachments if isinstance(attachments, Mapping) else {}
    wanted = [name, unquote(name), unquote(unquote(name))]
    bundle = next((known[n] for n in wanted if n in known), None)
    if bundle is None:
        bundle = next((b for n, b in known.items() if n.lower() == wanted[1].lower()), None)
    if not isinstance(bundle, Mapping) or not bundle:
        raise NotShown("it is not in the file")
    kind, content = next(iter(bundle.items()))
    text = "".join(map(str, content)) if isinstance(content, list) else str(content)
    if "svg" in kind and text.lstrip().startswith("<"):
        return picture(text.encode())
    return picture(from_data_uri(text) if text[:5].lower() == "data:" else from_base64(text))


class _Image(HTMLParser):
    """One `<img …>` of a student's: its address, its name, and its size if that is a plain number."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = self.alt = self.size = ""
        self.feed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.source, self.alt = known.get("src", ""), known.get("alt", "")
        sizes = [(n, re.fullmatch(r"\s*(\d{1,4}%?)(?:px)?\s*", known.get(n, ""))) for n in ("width", "height")]
        self.size = "".join(f' {name}="{found[1]}"' for name, found in sizes if found)

    handle_startendtag = handle_starttag


def on_one_line(source: str) -> str:
    """Markdown in which the addresses of pasted pictures are on one line, as Markdown wants them."""
    if "data:" not in source:
        return source
    return BROKEN_LINE.sub(lambda found: found[1] + re.sub(r"\s+", "", found[2]), source)
