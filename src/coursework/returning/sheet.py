"""How staff's pages look: one HTML file that stands alone, tables with every value escaped, pictures in it."""

import base64
import html
import io
from collections.abc import Iterable

import pandas as pd

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1d2433; max-width: 1100px; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; margin: .6rem 0 1.4rem; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid #dfe3ea; text-align: left; vertical-align: top; }
.wide td:last-child:not(.n) { min-width: 12em; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
img { max-width: 100%; }
.bar { display: inline-block; height: .7em; background: #3b6fd4; vertical-align: baseline; }
.track { display: inline-block; width: 60px; text-align: left; }
.wide { overflow-x: auto; }
"""
SHARES = ("difficulty", "pass rate", "of the time", "of the memory")  # columns of shares: a bar beside each


def table_html(table: pd.DataFrame, most: int = 60) -> str:
    """A table as HTML, every value escaped, a bar beside shares."""
    if table.empty:
        return "<p>None.</p>"
    numbers = [not table[c].map(lambda v: isinstance(v, str)).any() for c in table.columns]
    heads = zip(table.columns, numbers, strict=True)
    lines = ["<tr>" + "".join(f"<th{' class=n' * n}>{html.escape(str(c))}</th>" for c, n in heads) + "</tr>"]
    for row in table.head(most).itertuples(index=False):
        lines.append("<tr>" + "".join(map(_cell, table.columns, row)) + "</tr>")
    more = f"<p>{len(table) - most} more in the CSV.</p>" if len(table) > most else ""
    return f'<div class="wide"><table>{"".join(lines)}</table></div>{more}'


def _cell(name: str, value: object) -> str:
    if isinstance(value, str):
        return f"<td>{html.escape(value[:200])}</td>"
    number = None if pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
    text = "" if number is None else f"{number:.2f}".rstrip("0").rstrip(".")
    if name not in SHARES or number is None:
        return f'<td class="n">{text}</td>'
    width = min(1.0, max(0.0, number)) * 60
    return f'<td class="n">{text} <span class="track"><span class="bar" style="width:{width:.0f}px"></span></span></td>'


def png(figure) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=110)
    return out.getvalue()


def picture(name: str, payload: bytes) -> str:
    return f'<img alt="{html.escape(name)}" src="data:image/png;base64,{base64.b64encode(payload).decode()}">'


def document(title: str, parts: Iterable[str], style: str = "") -> str:
    """The whole page; `parts` are HTML, `title` is text."""
    head = "<meta charset='utf-8'><meta name='viewport' content='width=device-width, initial-scale=1'>"
    head += f"<title>{html.escape(title)}</title><style>{STYLE}{style}</style>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>"
