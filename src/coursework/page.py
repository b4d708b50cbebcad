"""A notebook as an HTML page that stands alone: Markdown's formulas become SVG, nothing is loaded, nothing runs.

While the page is made each formula is a token; the SVG takes its place after the cleaning, which would not let it pass.
"""

import secrets
from typing import Any

from jinja2 import pass_context
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat.notebooknode import NotebookNode

from coursework.formulas import formula


class _Tokens:
    """Formulas of one page by their tokens; the nonce keeps a student's text from being one."""

    def __init__(self) -> None:
        self.nonce, self.kept = secrets.token_hex(8), {}  # type: tuple[str, dict[str, str]]

    def keep(self, tex: str, display: bool) -> str:
        token = f"formula-{self.nonce}-{len(self.kept)}-"
        self.kept[token] = formula(tex, display)
        return token

    def put_back(self, text: str) -> str:
        for token, svg in self.kept.items():
            text = text.replace(token, svg)
        return text


class _Renderer(IPythonRenderer):
    tokens: _Tokens

    def block_math(self, body: str) -> str:
        return f'<div class="math">{self.tokens.keep(body, True)}</div>'

    def multiline_math(self, text: str) -> str:
        return self.block_math(text)

    def latex_environment(self, name: str, body: str) -> str:
        return self.block_math(rf"\begin{{{name}}}{body}\end{{{name}}}")

    def inline_math(self, body: str) -> str:
        return self.tokens.keep(body, False)

    def image(self, *args: Any, **kwargs: Any) -> str:
        try:
            return super().image(*args, **kwargs)
        except Exception:  # an attachment that is not there
            return "<em>(a picture that is missing)</em>"


class StandalonePage(HTMLExporter):
    """nbconvert's HTMLExporter with formulas as SVG; `c.HTMLExporter.…` configures it, too."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        self.tokens = _Tokens()
        text, found = super().from_notebook_node(nb, resources, **kw)
        return self.tokens.put_back(text), found

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        cell = context.get("cell", {})
        renderer = _Renderer(
            escape=False, attachments=cell.get("attachments", {}), embed_images=False, exclude_anchor_links=True
        )
        renderer.tokens = self.tokens
        return MarkdownWithMath(renderer=renderer).render(source)
