"""A notebook as an HTML page of one file: Markdown's formulas become SVG, nothing is loaded, nothing runs.

While the page is made each formula is a token; the SVG takes its place after the cleaning, which would not let it pass.
"""

import copy
import html
import re
import secrets
from pathlib import Path
from typing import Any

import nh3
from jinja2 import BytecodeCache, Environment, pass_context
from jinja2.bccache import Bucket
from markupsafe import Markup
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from pygments.token import STANDARD_TYPES

from coursework.core.outputs import plain_outputs
from coursework.returning.album import Album, addressed
from coursework.returning.delimiters import Inline, in_html, in_tables
from coursework.returning.formulas import Formulas
from coursework.returning.sheet import render

TAGS = {
    "a", "abbr", "acronym", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "dd", "del", "details",
    "div", "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins",
    "kbd", "li", "mark", "ol", "p", "picture", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id", "title", "alt", "align", "colspan", "rowspan"}, "a": {"href"}
}  # fmt: skip
# What the renderers put on highlighted code and lists; a page's own script or style may use any other class.
CLASSES = {*STANDARD_TYPES.values(), "highlight", "task-list-item"}
OWN = "student-"  # in front of every id, so that none is one that a page's own script or link looks up
TAG = re.compile(r"<(?=/?([a-zA-Z][^\s/>]*))")
# Of one cell's outputs, and of one output's text; a training run's log fits, a print in a loop does not.
MOST_OUTPUTS, MOST_LINES, MOST_LETTERS = 60, 200, 20_000
FORMULAS = re.compile(r"<!-- formulas: (\d+), broken: (\d+) -->")  # no text of a student's can bring a comment along


def _allowed(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute that can neither run nor call home, else None."""
    if (tag, name) == ("a", "href"):
        return f"#{OWN}{value[1:]}" if value.startswith("#") else value
    if name == "class":
        return " ".join(c for c in value.split() if c in CLASSES or c.startswith("hl-")) or None
    return value


def clean_html(element: object) -> str:
    """HTML that cannot run anything; a tag that may not be there is shown as text.

    It replaces nbconvert's filter of this name, which escapes even paragraphs and headings. A link says nothing of the
    page it is on to where it leads.
    """
    text = TAG.sub(lambda found: "<" if found[1].lower() in TAGS else "&lt;", str(element))
    return nh3.clean(
        text, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_allowed, id_prefix=OWN,
        url_schemes={"http", "https", "mailto"},
    )  # fmt: skip


class Sheet:
    """Formulas and pictures of one page by their tokens; the nonce keeps a student's text from being one."""

    def __init__(self, album: Album | None = None) -> None:
        self.nonce, self.kept = secrets.token_hex(8), {}  # type: tuple[str, dict[str, str]]
        self.formulas, self.album = Formulas(), album or Album()
        self.sources: dict[str, str] = {}  # of formulas, by their tokens
        self.set = self.broken = 0

    def formula(self, tex: str, display: bool) -> str:
        """The token of a formula."""
        drawn = self.formulas.set(tex, display)
        self.set += 1
        self.broken += 'class="math broken"' in drawn[:40]
        token = self._token("formula", drawn)
        self.sources[token] = tex.strip()
        return token

    def picture(self, markup: str) -> str:
        """The token of a picture that is HTML of ours."""
        return self._token("picture", markup)

    def words(self, markup: str) -> str:
        """HTML that is not clean yet as plain text, each formula as its source."""
        text = html.unescape(re.sub(r"<[^>]*>", "", markup))
        return re.sub(rf"formula-{self.nonce}-\d+-", lambda found: self.sources.get(found[0], ""), text)

    def _token(self, kind: str, markup: str) -> str:
        token = f"{kind}-{self.nonce}-{len(self.kept)}-"
        self.kept[token] = markup
        return token

    def put_back(self, text: str) -> str:
        """The page with its formulas; what ends a sentence stays on the line of the formula in front of it."""

        def drawn(found: re.Match[str]) -> str:
            svg = self.kept.get(found[1], found[1])
            return f'<span class="whole">{svg}{found[2]}</span>' if found[2] else svg

        text = re.sub(rf"picture-{self.nonce}-\d+-", lambda found: self.kept.get(found[0], ""), text)
        return re.sub(rf"(formula-{self.nonce}-\d+-)([.,;:!?)\]]*)", drawn, text)

    def markdown(self, source: str, attachments: Any = None) -> str:
        """Markdown as HTML that is not clean yet, with tokens in it."""
        renderer = _Renderer(escape=False, attachments={}, embed_images=False, exclude_anchor_links=True)
        renderer.sheet, renderer.pictures = self, attachments
        text = self.album.drawings(in_tables(addressed(source)), self.picture)
        return MarkdownWithMath(renderer=renderer, inline=Inline(hard_wrap=False)).render(text)


class _Renderer(IPythonRenderer):
    sheet: Sheet
    pictures: Any  # the attachments of the cell

    def block_math(self, body: str) -> str:
        return f'<div class="math">{self.sheet.formula(body, True)}</div>'

    def multiline_math(self, text: str) -> str:
        return self.block_math(text)

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")

    def inline_math(self, body: str) -> str:
        return self.sheet.formula(body, False)

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return self.sheet.picture(self.sheet.album.shown(html.unescape(url), self.sheet.words(text), self.pictures))

    def link(self, text: str, url: str, title: str | None = None) -> str:
        shown = f"picture-{self.sheet.nonce}" in text  # it leads to the picture that it is
        linked = "" if shown else self.sheet.album.linked(html.unescape(url), "", self.pictures)
        return super().link(text, url, title) + (f" {self.sheet.picture(linked)}" if linked else "")

    def block_html(self, html: str) -> str:
        set_ = in_html(self.sheet.album.within(html, self.pictures, self.sheet.picture), self.sheet.formula)
        return super().block_html(set_)

    def inline_html(self, html: str) -> str:
        return super().inline_html(self.sheet.album.within(html, self.pictures, self.sheet.picture))


def safe_markdown(source: str, attachments: Any = None, sheet: Sheet | None = None) -> str:
    """A student's Markdown as HTML that cannot run anything, formulas as SVG, pictures as pixels.

    Cells with one `sheet` are on one page: what a formula of one defines holds in the others.
    """
    sheet = sheet or Sheet()
    return sheet.put_back(clean_html(sheet.markdown(source, attachments)))


def formulas_of(page: str) -> tuple[int, int]:
    """(formulas in a page that `StandalonePage` has made, those of them that could not be set)."""
    found = FORMULAS.search(page)
    return (int(found[1]), int(found[2])) if found else (0, 0)


class _Compiled(BytecodeCache):
    """Templates as Python code, in memory: nbconvert would compile them, 0.1 s, anew for each page of a class. Jinja
    itself looks whether a template's text is still the same."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if code := self.kept.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


class StandalonePage(HTMLExporter):
    """nbconvert's HTMLExporter with formulas as SVG and pictures as pixels; `c.HTMLExporter.…` configures it, too.

    A preprocessor may put an `album` into the resources.
    """

    @property
    def environment(self) -> Environment:
        found: Environment = super().environment
        found.bytecode_cache = _compiled
        return found

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        self.sheet: Sheet | None = None
        text, found = super().from_notebook_node(nb, resources, **kw)
        sheet = self.sheet or Sheet()
        return f"{sheet.put_back(text)}<!-- formulas: {sheet.set}, broken: {sheet.broken} -->\n", found

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        if self.sheet is None:
            self.sheet = Sheet(context.get("resources", {}).get("album"))
        return self.sheet.markdown(source, context.get("cell", {}).get("attachments"))


def shortened(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs as far as somebody reads them: not too many of a cell, and of a long text its beginning and its end."""
    less = len(outputs) - MOST_OUTPUTS
    if less > 0:
        word = new_output("stream", name="stdout", text=f"… {less:,} outputs are left out here …\n")
        half = MOST_OUTPUTS // 2
        outputs = [*outputs[:half], word, *outputs[-half:]]
    for output in outputs:
        if output.output_type == "error":
            output.traceback = [_short("\n".join(map(str, output.get("traceback", []))))]
        elif output.output_type == "stream":
            output.text = _short(output.text)
        elif "text/plain" in output.get("data", {}):
            output.data["text/plain"] = _short(output.data["text/plain"])
    return outputs


def _short(text: object) -> str:
    text = text if isinstance(text, str) else "".join(map(str, text if isinstance(text, list) else [text]))
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        half = MOST_LINES // 2
        word = f"… {len(lines) - 2 * half:,} lines are left out here …"
        text = "\n".join([*lines[:half], word, *lines[-half:]])
    if len(text) > MOST_LETTERS:
        half = MOST_LETTERS // 2
        text = f"{text[:half]}\n… {len(text) - 2 * half:,} characters are left out here …\n{text[-half:]}"
    return text


def _words_of(about: Any) -> dict[str, str]:
    """What a notebook says of its kernel or language, without what is no text: nbconvert would stop at it."""
    return {k: v for k, v in about.items() if isinstance(v, str)} if isinstance(about, dict) else {}


def _as_read(cell: NotebookNode, where: str) -> NotebookNode:
    """A cell of the format's own form: no metadata of a tool hides it, and none can be malformed."""
    if cell.cell_type == "markdown":
        return new_markdown_cell(cell.source, attachments=cell.get("attachments", {}))
    if cell.cell_type != "code":
        return new_raw_cell(cell.source)
    # The folded cells that hold the course's own code are cut at their title.
    source = cell.source.partition("\n")[0] + "\n…" if "\ndef _load_" in cell.source else cell.source
    count = cell.get("execution_count")
    outputs = shortened(plain_outputs(cell, where))
    return new_code_cell(source, outputs=outputs, execution_count=count if isinstance(count, int) else None)


def notebook_page(nb: NotebookNode, title: str, folder: Path | None = None, where: str = "the original") -> str:
    """A notebook as it is, with its saved outputs (text and pixels; long ones shortened), as one page.

    Args:
        nb: any notebook of format 4; what it says of widgets and ids is not relied on.
        title: of the page.
        folder: holds the files that the notebook's pictures may be.
        where: where the original is, for what cannot be shown.
    """
    cells = [_as_read(copy.deepcopy(cell), where) for cell in nb.cells]
    about = {k: _words_of(nb.get("metadata", {}).get(k)) for k in ("kernelspec", "language_info")}
    nb = new_notebook(cells=cells, metadata={k: v for k, v in about.items() if "name" in v})
    exporter = StandalonePage(template_name="basic", sanitize_html=True)
    exporter.register_filter("clean_html", clean_html)
    body, _ = exporter.from_notebook_node(nb, {"album": Album(folder, where)})
    return render(__package__, "notebook.html", title=title, body=Markup(body))
