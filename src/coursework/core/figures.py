"""One saved output of a student's cell as text and pixels; what is neither is named, so that no place is empty.

Figures come as PNG or JPEG, as SVG, as GIF, as pictures within HTML (interactive backends), and as what only a script
can draw. The last is a line of text that says what is in the original.
"""

import json
import re
from html.parser import HTMLParser
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output

from coursework.core.drawings import within
from coursework.core.pictures import NotShown, Picture, from_base64, from_data_uri, picture
from coursework.core.text import printable

PREFERRED = ("image/png", "image/jpeg", "image/svg+xml")
MOST_PICTURES = 8  # of one output's HTML
MOST_LETTERS = 4_000  # of the text that is taken out of HTML
MARKED = re.compile(r"!\[[^\]\n]*\]\(\s*<?(data:[^)\s\"'>]+)[^)\n]*\)", re.I)  # a picture in Markdown, as its address
IMAGE = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I)
# No figure: the symbol on a button of a table (Colab), and one of many that are drawn elsewhere (xarray).
BUTTON = re.compile(r"<button\b.*?</button\s*>", re.I | re.S)
ICON = re.compile(r"""class=["'][^"']*\bicon\b|display:\s*none|\bwidth:\s*0""", re.I)
MARKUP = re.compile(r"<script\b.*?(?:</script\s*>|\Z)|<style\b.*?(?:</style\s*>|\Z)|<[^>]*>", re.I | re.S)
CALL = re.compile(r"\s*[A-Za-z_]\w*\(.*\)\s*", re.S)  # how a widget writes itself; a bar of tqdm writes its state
HALF = re.compile("[\ud800-\udfff]")  # of a pair of surrogates: no file takes it
WIDGET = "application/vnd.jupyter.widget-view+json"
ROWS = {"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre"}  # each ends a line
SILENT = {"script", "style", "svg", "template", "title"}
# What says nothing to a human: the bare representation of an object, or of a figure.
BARE = re.compile(r"\s*(<[^\n]*>|alt\.\w+\(\.\.\.\)|Figure\(\d+x\d+\)|)\s*")
SCRIPTED = (  # sign in the kind or the HTML of an output → what it is
    ("plotly", "an interactive figure (plotly)"),
    ("bokeh", "an interactive figure (Bokeh)"),
    ("altair", "an interactive figure (Altair)"),
    ("vegalite", "an interactive figure (Altair)"),
    ("vega", "an interactive figure (Vega)"),
    ("holoviews", "an interactive figure (HoloViews)"),
    ("leaflet", "a map"),
    ("pyecharts", "an interactive figure (pyecharts)"),
    ("_anim_img", "an animation"),
    ("<video", "a video"),
    ("<audio", "a sound"),
    ("<iframe", "an embedded page"),
    ("<canvas", "an interactive figure"),
)


def plain(output: Any, where: str = "the original") -> list[NotebookNode]:
    """One output as outputs of text and pixels alone.

    Args:
        output: as the notebook holds it, perhaps malformed.
        where: where the original is, for what cannot be shown.
    """
    kind = output.get("output_type")
    if kind == "stream":
        text = _flat(output.get("text"))
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return [new_output("stream", name=name, text=HALF.sub("�", text))] if text else []
    if kind == "error":
        return [_error(output)]
    if kind not in ("display_data", "execute_result", "update_display_data"):
        return []
    found = output.get("data")
    data = {str(k): v for k, v in found.items()} if isinstance(found, dict) else {}
    pictures, lost = _pictures(data)
    text = _text(data)
    said = [f"[{what}: see {where}]" for what in [*lost, *([] if pictures or lost else _named(data, text))]]
    if said:
        text = "\n".join([*said, *([] if BARE.fullmatch(text) else [text])])
    shown = [_output(output, {p.kind: p.text}, text) for p in pictures]
    beside = pictures and not any(k.startswith("image/") for k in data) and not BARE.fullmatch(text)  # both in HTML
    return [*shown, *([_output(output, {}, text)] if text and (said or not pictures or beside) else [])]


def _error(output: Any) -> NotebookNode:
    """An error with its trace, or where a tool has saved none, with what it says."""
    about = {key: HALF.sub("�", _flat(output.get(key))) for key in ("ename", "evalue")}
    trace = output.get("traceback")
    lines = [HALF.sub("�", str(line)) for line in (trace if isinstance(trace, list) else [trace] if trace else [])]
    return new_output("error", **about, traceback=lines or [f"{about['ename']}: {about['evalue']}".strip(": ")])


def _output(like: Any, data: dict[str, str], text: str) -> NotebookNode:
    whole = {**data, "text/plain": HALF.sub("�", text)} if text else data
    count = like.get("execution_count")
    if like.get("output_type") == "execute_result":
        return new_output("execute_result", data=whole, execution_count=count if isinstance(count, int) else None)
    return new_output("display_data", data=whole)


def _pictures(data: dict[str, Any]) -> tuple[list[Picture], list[str]]:
    """(the pictures of an output, what cannot be shown of it): of one figure in several forms the first that works."""
    lost = []
    kinds = [k for k in PREFERRED if k in data]
    for kind in dict.fromkeys([*kinds, *sorted(k for k in data if k.startswith("image/"))]):
        try:
            drawing = "svg" in kind
            return [picture(_flat(data[kind]).encode() if drawing else from_base64(data[kind]))], []
        except NotShown as why:
            lost.append(f"a picture ({kind}) that cannot be shown ({why})")
    page = _flat(data.get("text/html", ""))
    markdown = _flat(data.get("text/markdown", "")) if _is_bare(data) else ""
    tags = _Page(page + "".join(IMAGE.findall(markdown))).pictures
    sources = [*tags, *MARKED.findall(markdown), *_drawings(page)]
    found = []
    for source in sources[:MOST_PICTURES]:
        pasted = source.lstrip()[:5].lower() == "data:"
        if not pasted and not source.startswith("<"):
            lost.append(f"a picture {printable(source, 120)} that is not in the notebook")
            continue
        try:
            found.append(picture(from_data_uri(source) if pasted else source.encode("utf-8", "replace")))
        except NotShown as why:
            lost.append(f"a picture in HTML that cannot be shown ({why})")
    if (less := len(sources) - MOST_PICTURES) > 0:
        lost.append(f"{less} more pictures in HTML that are not shown")
    return found, lost


def _is_bare(data: dict[str, Any]) -> bool:
    """Whether the text of an output says nothing to a human."""
    return BARE.fullmatch(_flat(data.get("text/plain", ""))) is not None


def _drawings(page: str) -> list[str]:
    """The drawings (SVG) within a page of HTML that are no icons."""
    found, at, page = [], 0, BUTTON.sub("", page)
    while (place := within(page, at)) is not None:
        text, at = page[place[0] : place[1]], place[1]
        if "<symbol" not in text and not ICON.search(text[: text.index(">") + 1]):
            found.append(text)
    return found


def _text(data: dict[str, Any]) -> str:
    """What an output says in words: its own text, or that of its Markdown, formula, JSON or HTML where that is bare."""
    text = _flat(data.get("text/plain", ""))
    if not BARE.fullmatch(text):
        return text
    for kind in ("text/markdown", "text/latex"):
        if kind in data:
            return (
                MARKED.sub("", IMAGE.sub("", _flat(data[kind]))) if "data:" in _flat(data[kind]) else _flat(data[kind])
            )
    if "application/json" in data:
        return json.dumps(data["application/json"], indent=1, ensure_ascii=False, default=str)[:MOST_LETTERS]
    return _words(_flat(data.get("text/html", ""))) or text


class _Page(HTMLParser):
    """The pictures within a page of HTML, and its text with a line for each row of a table."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures: list[str] = []
        self.words: list[str] = []
        self.silent = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        source = known.get("src") or known.get("data") or ""
        if source and (tag == "img" or (tag in ("object", "embed") and source.strip()[:11].lower() == "data:image/")):
            self.pictures.append(source)
        if tag in SILENT:
            self.silent = self.silent or tag
        elif tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = ""
        elif tag in ("td", "th"):
            self.words.append("\t")
        elif tag in ROWS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(re.sub(r"\s+", " ", data))


def _words(page: str) -> str:
    lines = "".join(_Page(page[: 50 * MOST_LETTERS]).words).split("\n") if page else []
    return printable("\n".join(line.strip(" ") for line in lines if line.strip()), MOST_LETTERS, lines=True).expandtabs(
        4
    )


def _named(data: dict[str, Any], text: str) -> list[str]:
    """What an output without a picture is, if its text does not describe it."""
    # Not what its text says: a table of Las Vegas is no figure of Vega.
    signs = " ".join([*data, *MARKUP.findall(_flat(data.get("text/html", ""))[:20_000])]).lower()
    for sign, what in SCRIPTED:
        if sign in signs:
            return [f"{what} that is not shown"]
    if "<script" in signs and "<table" not in signs:
        return ["an output with a script that is not shown"]
    if WIDGET in data and (BARE.fullmatch(text) or (CALL.fullmatch(text) and "Progress(" not in text)):
        return ["an interactive widget that is not shown"]
    if not BARE.fullmatch(text):
        return []
    kinds = ", ".join(printable(k, 60) for k in data if k != "text/plain")
    return [f"an output that is not shown ({kinds})"] if kinds else []


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, default=str) if value else ""
