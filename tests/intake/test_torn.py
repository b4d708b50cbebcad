"""An answer that was cut into two cells is put together again, however its pieces were pasted; nothing else is."""

import textwrap

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from tests.intake.test_repair import at, fixed
from tests.support.notebooks import handed_in

HEAD = "def double(x):\n    y = x + x"
TAIL = "    return y"
WHOLE = f"{HEAD}\n{TAIL}"


def torn(head, tail, new=new_code_cell):
    """The repaired answer and its record, where `tail` is in a cell of its own below `head`."""
    nb = handed_in()
    place = at(nb, "q1-1-double")
    nb.cells[place].source = head
    nb.cells.insert(place + 1, new(tail, id="own1"))
    cells, record, _ = fixed(nb)
    return cells["q1-1-double"].source.strip(), record


def numbered(text, first):
    return "\n".join(f"{number:>2} {line}" for number, line in enumerate(text.split("\n"), first))


PASTED = {
    "as it was": (HEAD, TAIL),
    "each in a fence": (f"```python\n{HEAD}\n```", f"```\n{TAIL}\n```"),
    "within one fence": (f"```python\n{HEAD}", f"{TAIL}\n```"),
    "no-break spaces": (HEAD.replace("    ", "\xa0" * 4), TAIL.replace("    ", "\xa0 \xa0 ")),
    "a session": (">>> def double(x):\n...     y = x + x", "...     return y"),
    "IPython's session": ("In [3]: def double(x):\n   ...:     y = x + x", "   ...:     return y"),
    "line numbers": (numbered(HEAD, 1), numbered(TAIL, 3)),
    "line numbers, each from 1": (numbered(HEAD, 1), numbered(TAIL, 1)),
    "indented as a whole": (textwrap.indent(HEAD, "    "), textwrap.indent(TAIL, "    ")),
    "tabs below": (HEAD, "\treturn y"),
    "words above": (f"First part\n\n{HEAD}", f"Second part\n\n{TAIL}"),
    "the indentation lost": (HEAD, "return y"),
}


@pytest.mark.parametrize("how", PASTED)
def test_pieces_are_put_together_however_they_were_pasted(how):
    answer, record = torn(*PASTED[how])
    assert answer == WHOLE and record.review and any(r.what == "split" for r in record.repairs)


@pytest.mark.parametrize("new", [new_markdown_cell, new_raw_cell])
@pytest.mark.parametrize("tail", [TAIL, f"```python\n{TAIL}\n```"])
def test_a_piece_that_became_text_is_code_again(new, tail):
    answer, record = torn(HEAD, tail, new)
    assert answer == WHOLE and record.review


@pytest.mark.parametrize(
    ("head", "tail", "new"),
    [
        (WHOLE, "Done", new_markdown_cell),
        (WHOLE, "    y = double(x)", new_markdown_cell),  # an example in an indented block
        (WHOLE, "Then `return y` gives the value.", new_markdown_cell),
        (HEAD, "I return y here.", new_markdown_cell),
        (WHOLE, "double(3)", new_code_cell),
        (WHOLE, "return y", new_code_cell),  # below a return it could not be reached
    ],
)
def test_what_is_no_piece_stays_where_it_is(head, tail, new):
    answer, record = torn(head, tail, new)
    assert answer == head and not any(r.what == "split" for r in record.repairs)
