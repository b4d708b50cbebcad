"""Tables as people get them: whole in a file, and on a narrow terminal without words cut in two.

Rich cuts what does not fit and lets a column of sentences become one of single words. A table that is too wide for the
terminal is printed without its last column, the sentences, and these follow below it, line by line.
"""

from rich.console import Console
from rich.table import Table

WIDE = 10_000  # columns of a file


def show(console: Console, table: Table, keys: int = 1) -> None:
    """Print a table so that nothing of it is lost.

    Args:
        console: Where to; no terminal is a file, in which a row is a line.
        table: Its last column holds sentences.
        keys: How many of its first columns name a row.
    """
    for column in table.columns:
        column.overflow = "fold"
    wide = console.options.update(max_width=WIDE)
    if not console.is_terminal:
        for line in console.render_lines(table, wide.update_width(WIDE), pad=False):
            text = "".join(segment.text for segment in line).rstrip()
            console.print(text, markup=False, highlight=False, soft_wrap=True)
    elif console.measure(table, options=wide).maximum <= console.width:
        console.print(table)
    else:
        _in_two_parts(console, table, keys)


def _in_two_parts(console: Console, table: Table, keys: int) -> None:
    """The table without its last column, and the sentences of that one behind the names of their rows."""
    slim = Table(*(str(column.header) for column in table.columns[:-1]), title=table.title, title_justify="left")
    for column in slim.columns:
        column.overflow = "fold"
    said, known = [], [""] * keys
    for row in zip(*(column.cells for column in table.columns), strict=True):
        slim.add_row(*row[:-1])
        known = [str(cell) or before for cell, before in zip(row, known, strict=False)]
        if row[-1]:
            said.append(f"  {' '.join(known)}: {row[-1]}")
    console.print(slim)
    for line in said:
        console.print(line, highlight=False)
