"""Pages made of jinja2 templates with autoescape: each is one file, with its style and its pictures in it.

A package keeps its templates in `templates/`; those here, `sheet.html` and the macros of `parts.html`, are for all.
"""

import base64
import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from coursework.core.text import printable

if TYPE_CHECKING:  # half a second, and only a page with a table needs it
    import pandas as pd

SHARES = ("mean share", "pass rate", "of the time", "of the memory")  # columns of shares: a bar beside each
BAR = 60  # pixels of a share of 1


@dataclass(frozen=True)
class Cell:
    text: str
    number: bool = False
    bar: str | None = None  # pixels


@dataclass(frozen=True)
class Cells:
    """A table as text: heads with whether their column is of numbers, rows, and how many rows are left out."""

    heads: list[tuple[str, bool]]
    rows: list[list[Cell]]
    more: int


def cells(table: "pd.DataFrame", most: int = 60) -> Cells:
    """The first `most` rows of a table; numbers with at most two decimals, and a bar beside a share."""
    numbers = [not table[c].map(lambda v: isinstance(v, str)).any() for c in table.columns]
    rows = [list(map(_cell, table.columns, row)) for row in table.head(most).itertuples(index=False)]
    return Cells(list(zip(map(str, table.columns), numbers, strict=True)), rows, max(0, len(table) - most))


def _cell(name: str, value: object) -> Cell:
    if isinstance(value, str):
        return Cell(value[:200])
    import pandas as pd

    if pd.isna(value):  # type: ignore[call-overload]
        return Cell("", number=True)
    number = float(value)  # type: ignore[arg-type]
    bar = f"{min(1.0, max(0.0, number)) * BAR:.0f}" if name in SHARES else None
    return Cell(f"{number:.2f}".rstrip("0").rstrip("."), True, bar)


def png(figure) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=110)
    return out.getvalue()


def _tame(value: object) -> object:
    return printable(value, lines=True) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _templates(package: str) -> Environment:
    loader = ChoiceLoader([PackageLoader(package), PackageLoader(__package__)])
    found = Environment(
        loader=loader, autoescape=True, finalize=_tame, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    found.filters |= {"cells": cells, "base64": lambda data: base64.b64encode(data).decode()}
    return found


def render(package: str, name: str, **values: Any) -> str:
    """The page that the template `name` of a package (`__package__`) makes of these values.

    Every value is escaped and tamed (`core.text.printable`); what is HTML already is given as `markupsafe.Markup`.
    """
    return _templates(package).get_template(name).render(values)
