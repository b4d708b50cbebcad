"""What a file of an inbox is, by its bytes: a notebook, a script or page, or something to ask about."""

import re
from functools import lru_cache

from coursework.core.text import printable
from coursework.intake.found import HEAD, Found

LOOKED_AT = 64 * 2**10  # bytes of a file in which the signs of a notebook are looked for
MAX_SEARCHED = 100 * 2**20  # bytes of a page in which a notebook is looked for
NOTEBOOK = re.compile(rb"""[\\]?["'](?:cells|cell_type|worksheets|nbformat|paragraphs)[\\]?["']\s*:""")
CELLS = re.compile(
    rb"""[\\]*["'](?:&quot;)?(?:cell_type|rawLines)|&quot;cell_type|jp-Cell|class="[^"]*\bcell\b|blob-code"""
)
SCRIPT = (".py", ".ipy", ".qmd", ".rmd", ".md", ".markdown", ".r", ".jl")
PLAIN = (".txt", "")  # endings of texts that may hold a script
MAGIC = (
    (b"%PDF", "a PDF"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"MSCF", "a Windows cabinet"), (b"\x04\x22\x4d\x18", "an LZ4 archive"), (b"\x1f\x9d", "a compress archive"),
    (b"!<arch>", "an ar archive"), (b"version https://git-lfs", "a pointer of Git LFS"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"BM", "a picture"),
    (b"RIFF", "a picture or sound"), (b"II*\0", "a picture"), (b"MM\0*", "a picture"),
    (b"{\\rtf", "a text document (RTF)"), (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"SQLite format 3", "a database"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
)  # fmt: skip
OFFICE = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pptx", ".odp", ".xlsx", ".ods", ".key", ".numbers")
SHORTCUTS = (".url", ".webloc", ".gdoc", ".gsheet", ".desktop", ".lnk", ".gcolab", ".website")
ENTRY = re.compile(
    r"(?:^|[_/])(?:link|text|onlinetext|submissionText|message)\.(?:html?|mail\.txt)$|\.mail\.txt$", re.I
)
ADDRESS = re.compile(r"https?://[^\s\"'<>\\\ufffd]{4,200}(?<![).,;:\]])")
NO_ADDRESS = re.compile(r"https?://www\.w3\.org\S*|<!DOCTYPE[^<>]*>", re.I)  # what a file's own form names


def rank(found: Found) -> int:
    """How much a file looks like a submission: 3 a notebook, by content or name, 1 a script or page, 0 neither.

    What a known other thing is, is never a notebook, whatever its name.
    """
    ending = found.path.suffix.lower()
    if not found.size or _magic(found):
        return 0
    if is_page(found):
        return (3 if ending == ".ipynb" else 1) if _has_cells(found) else 0
    if _notebook(found) or ending == ".ipynb":
        return 0 if ending == ".ipynb" and _shortcut(found) else 3
    return 1 if ending in SCRIPT or (ending in PLAIN and b"\0" not in found.head) else 0


def _magic(found: Found) -> str:
    if found.head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "a picture"
    for magic, what in MAGIC:
        if found.head.startswith(magic) and (len(magic) > 2 or found.head[:HEAD].count(b"\0") > 2):
            return what
    office = b"[Content_Types].xml" in found.head or found.head[30:38] == b"mimetype"
    if found.head[:2] == b"PK" and (office or found.path.suffix.lower() in OFFICE):
        return "an Office document"
    return ""


def _start(found: Found) -> str:
    """The first characters of a text, whatever its encoding."""
    head = found.head
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]
    return head.decode("utf-16" if wide else "utf-8-sig", "replace").replace("\0", "").lstrip("\ufeff \t\r\n")


def is_page(found: Found) -> bool:
    start = _start(found)[:1000].lower()
    return start.startswith(("<!doctype html", "<html")) or ("<html" in start and start.startswith("<"))


@lru_cache(maxsize=4096)
def _has_cells(found: Found) -> bool:
    return found.size <= MAX_SEARCHED and bool(CELLS.search(found.payload))


def _notebook(found: Found) -> bool:
    """Whether a text has the signs of a notebook's JSON, in whatever it is wrapped."""
    with found.open() as stream:
        part = stream.read(LOOKED_AT)
    part = part.replace(b"\0", b"") if b"\0" in part[:4] else part
    if b"\0" in part:
        return False
    if NOTEBOOK.search(part):
        return b"{" in part
    return part.lstrip()[:1] in (b"{", b"[", b'"') and found.path.suffix.lower() in (".json", ".txt", "") and bool(
        NOTEBOOK.search(found.payload)
    )  # fmt: skip


def _shortcut(found: Found) -> bool:
    text = _start(found)
    ending = found.path.suffix.lower()
    short = found.size < 3000 and bool(ADDRESS.search(text)) and '"cells"' not in text
    return ending in SHORTCUTS or (short and not text.startswith(("#", "import", "from", "def", "class")))


def described(found: Found) -> tuple[str, str]:
    """(what a file is that cannot be read as a submission, what to ask for)."""
    ask, ending = "ask for the notebook file (.ipynb)", found.path.suffix.lower()
    if not found.size:
        return "an empty file", ask
    if ending == ".msg":
        return "an Outlook message", "ask for the notebook file that is attached to it"
    if what := _magic(found):
        packed = "archive" in what or "cabinet" in what
        return what, "ask for the notebook, or a zip of it" if packed else ask
    if ending == ".zip":
        return "a zip that is damaged, or was not uploaded to its end", ask
    if ending in OFFICE:
        return "an Office document", ask
    with found.open() as stream:
        text = printable(stream.read(LOOKED_AT).decode("utf-8", "replace"))
    address = ADDRESS.search(NO_ADDRESS.sub("", text))
    if is_page(found) or ending in (".html", ".htm"):
        words = re.sub(r"\s+", " ", re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.S | re.I)).strip()
        if address and len(words) < 40:
            return f"a link ({address[0]})", ask
        title = re.search(r"<title[^>]*>\s*([^<]{1,80})", text, re.I)
        what = f"a web page ({title[1].strip()})" if title else "a text" if len(words) < 5000 else "a web page"
        return what + (f" with a link ({address[0]})" if address and not title else ""), ask
    if address and (ending in SHORTCUTS or found.size < 3000):
        return f"a link ({address[0]})", ask
    if ending in SHORTCUTS:
        return f"a shortcut to a file that is elsewhere ({ending})", ask
    if ending in SCRIPT:
        return f"a file without the assignment's cells ({ending})", ask
    if text.strip() and not text.count("\ufffd"):
        return f"a text ({ending})" if ending else "a text", ask
    return (f"a {ending} file" if ending else "a file without an ending"), ask


def is_entry(found: Found) -> bool:
    """Whether a file beside a notebook is a link or a text entry, which may have been meant as the submission."""
    ending = found.path.suffix.lower()
    return ending in SHORTCUTS or bool(ENTRY.search(found.path.name))
