"""The pictures that a student's Markdown names: found, made pixels, or named by a line that says where the original is.

They are attachments of the cell, `data:` addresses, and files that were submitted with the notebook. Nothing is loaded
from the web.
"""

import html
import re
import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from coursework.core.drawings import within as svg_within
from coursework.core.pictures import NotShown, Picture, from_base64, from_data_uri, picture
from coursework.core.text import printable
from coursework.core.verdicts import RepairRecord
from coursework.intake.attachments import plain_name

MOST = 200  # pictures of a page
MOST_BYTES = 40 * 2**20  # of all pictures of a page, as they are shown
BADGE = "https://colab.research.google.com/assets/colab-badge.svg"
TAGS = re.compile(r"""<(?:img|image|source|embed|object|input|a)\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I)
NAMES = r"png|jpe?g|jfif|gif|svg|webp|bmp|tiff?|heic|heif|avif"
PICTURE = re.compile(rf"\s*(?:attachment:|data:image/)|.*\.(?:{NAMES})\s*$", re.I)  # an address that is a picture's
CODE = r"^ {0,3}(?P<fence>```+|~~~+).*?(?:^ {0,3}(?P=fence)|\Z)|(?P<tick>`+)[^`].*?(?P=tick)"
CODE_OR_DRAWING = re.compile(rf"{CODE}|(?P<drawing><svg\b)", re.I | re.S | re.M)
BROKEN_LINE = re.compile(r"(!\[[^\]\n]*\]\(\s*|^ {0,3}\[[^\]\n]+\]:\s*<)(data:[^)>\"']*)", re.M)
# An address that Markdown does not take as one: with blanks in it, or a size behind it. Jupyter's paste writes neither.
LOOSE = re.compile(
    rf"{CODE}|(?P<alt>!\[[^\]\n]*\]\()[ \t]*(?P<name>(?![<\s]|data:)(?:(?!\]\()[^<>\"'\n])*?\.(?:{NAMES}))"
    r"(?P<rest>[ \t][^()\n]*)?\)",
    re.I | re.S | re.M,
)
TITLE = re.compile(r"""\s*(?:"[^"]*"|'[^']*')?\s*""")


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
        self.folder = folder.resolve() if folder else None
        self.files = {_key(p.name): p for p in folder.glob("*") if p.is_file()} if folder else {}

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
        if not source:
            raise NotShown("it has no address")
        written = urlsplit(source).path if not re.match(r"[a-zA-Z]:[\\/]", source) else source
        for path in (unquote(written), written):
            path = path.replace("\\", "/")
            name = path.rpartition("/")[2]
            for one in (name, plain_name(name)):
                if one and (file := self._inside(path) or self.files.get(_key(one))):
                    return picture(file.read_bytes())
            if isinstance(attachments, Mapping) and name in attachments:
                return _attached(name, attachments)
        raise NotShown("no file of this name was submitted")

    def _inside(self, path: str) -> Path | None:
        """The file at a path that stays within the folder: `img/plot.png` beside a notebook that is printed."""
        if self.folder is None or "\0" in path or path.startswith("/"):
            return None
        try:
            file = (self.folder / path).resolve()
            return file if file.is_relative_to(self.folder) and file.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None

    def linked(self, address: str, text: str, attachments: Any = None) -> str:
        """The picture that a link leads to, as HTML of ours; "" where it leads elsewhere.

        A link to an attachment or a submitted file leads nowhere on a page: without this the picture would be lost.
        """
        if not PICTURE.match(address) or urlsplit(address).scheme.lower() in ("http", "https", "ftp"):
            return ""
        return self.shown(address, text, attachments)

    def within(self, markup: str, attachments: Any, keep: Any) -> str:
        """HTML of a student's with each picture replaced by what `keep` gives for it."""

        def image(found: re.Match[str]) -> str:
            about = _Image(found[0])
            if about.tag == "a":
                linked = "" if "<img" in markup.lower() else self.linked(about.source, "", attachments)
                return f"{found[0]}{keep(linked)} " if linked else found[0]
            if about.tag == "source" and about.known.get("srcset"):
                return ""  # another form of the picture that follows
            if about.tag not in ("img", "image") and not PICTURE.match(about.source):
                return found[0]
            return str(keep(self.shown(about.source, about.alt, attachments, about.size)))

        return TAGS.sub(image, markup)

    def drawings(self, source: str, keep: Any) -> str:
        """Markdown with each drawing (SVG) in it replaced by what `keep` gives for it; code stays."""
        parts, at, done = [], 0, 0
        while found := CODE_OR_DRAWING.search(source, at):
            at = found.end()
            if not found["drawing"]:
                continue
            place = svg_within(source, max(done, found.start() - 100))  # from where its address would begin
            if place is None:
                break
            at = max(at, place[0])
            if place[0] <= found.start():
                parts += [source[done : place[0]], str(keep(self.shown(source[place[0] : place[1]], "drawing")))]
                at = done = place[1]
        return "".join([*parts, source[done:]])


def _key(name: str) -> str:
    """A file's name as systems compare it: a Mac writes an umlaut as two characters."""
    return unicodedata.normalize("NFC", name).casefold()


def _attached(name: str, attachments: Any) -> Picture:
    """The attachment of this name: as it is written, with percent signs, or in another case."""
    known = attachments if isinstance(attachments, Mapping) else {}
    wanted = [name, unquote(name), unquote(unquote(name))]
    bundle = next((known[n] for n in wanted if n in known), None)
    if bundle is None:
        bundle = next((b for n, b in known.items() if _key(n) == _key(wanted[1])), None)
    if not isinstance(bundle, Mapping) or not bundle:
        raise NotShown("it is not attached to this cell")
    kind, content = next((form for form in bundle.items() if form[0].startswith("image/")), next(iter(bundle.items())))
    text = "".join(map(str, content)) if isinstance(content, list) else str(content)
    return picture(text.encode() if "svg" in kind and text.lstrip().startswith("<") else from_base64(text))


class _Image(HTMLParser):
    """One `<img …>` of a student's: its address, its name, and its size if that is a plain number."""

    def __init__(self, tag: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tag = self.source = self.alt = self.size = ""
        self.known: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag, self.known = tag, {name: value or "" for name, value in attrs}
        addresses = [self.known.get(name, "") for name in ("src", "data", "href", "xlink:href", "data-src")]
        srcset = self.known.get("srcset", "").strip()  # "a.png 1x, b.png 2x"; a data: address has a comma of its own
        self.source = next(filter(None, addresses), re.split(r"\s", srcset)[0])
        self.alt = self.known.get("alt", "")
        sizes = [(n, re.fullmatch(r"\s*(\d{1,4}%?)(?:px)?\s*", self.known.get(n, ""))) for n in ("width", "height")]
        self.size = "".join(f' {name}="{found[1]}"' for name, found in sizes if found)

    handle_startendtag = handle_starttag


def addressed(source: str) -> str:
    """Markdown in which the addresses of pictures are as Markdown wants them: on one line, without bare blanks.

    Else a pasted picture, or one whose file is called `my scan.png`, would be a line of text.
    """

    def joined(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"\s+", "", found[2]) + " " * found[2][-1:].isspace()  # a title may follow

    def bracketed(found: re.Match[str]) -> str:
        name, rest = found["name"], found["rest"] or ""
        if name is None or (not re.search(r"\s", name) and TITLE.fullmatch(rest)):
            return found[0]
        return f"{found['alt']}<{name}>{rest if TITLE.fullmatch(rest) else ''})"

    source = BROKEN_LINE.sub(joined, source) if "data:" in source else source
    return LOOSE.sub(bracketed, source) if "![" in source else source
