"""An answer that was cut into two cells is put together again, however its pieces were pasted; nothing else is."""

import copy
import textwrap

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from tests.intake.test_repair import at, fixed
from tests.support.notebooks import RIGHT, handed_in, skeleton

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
    "cut behind a line's indentation": (f"{HEAD}\n    ", "return y"),
    "cut there at once": ("def double(x):\n    ", "y = x + x\n    return y"),
    "cut there, and the indentation lost": ("def double(x):", "y = x + x\n    return y"),
    "cut there, without a return": (f"{HEAD}\n    ", "y\n    return y"),
    "cut within a line": ("def double(x):\n    y = x +", " x\n    return y"),
    "cut within a keyword": ("def double(x):\n    y = x + x\n    retu", "rn y"),
    "a magic on top of the piece": (HEAD, f"%%time\n{TAIL}"),
    "magics on top of both": (f"%%time\n{HEAD}", f"%%time\n{TAIL}"),
}
WHOLES = {
    "cut there, without a return": f"{HEAD}\n    y\n    return y",
    "magics on top of both": f"%%time\n{WHOLE}",
}


@pytest.mark.parametrize("how", PASTED)
def test_pieces_are_put_together_however_they_were_pasted(how):
    answer, record = torn(*PASTED[how])
    assert answer == WHOLES.get(how, WHOLE) and record.review and any(r.what == "split" for r in record.repairs)


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
        (f"{WHOLE}\n    ", "double(3)", new_code_cell),  # Jupyter leaves blanks on a line that is not written on
        (f"{WHOLE}\n    ", "x = 2\ndouble(x)", new_code_cell),
    ],
)
def test_what_is_no_piece_stays_where_it_is(head, tail, new):
    answer, record = torn(head, tail, new)
    assert answer == head.strip() and not any(r.what == "split" for r in record.repairs)


NAMES = "q1-1-double"


def with_answer(text, *others):
    """The repaired cells and the record, where the answer's cell has this text; other cells are above it."""
    nb = handed_in()
    place = at(nb, NAMES)
    nb.cells[place].source = text
    nb.cells[place:place] = [new_code_cell(other, id=f"own{n}") for n, other in enumerate(others)]
    cells, record, _ = fixed(nb)
    return cells, record


def released():
    return next(c.source for c in skeleton().cells if c.id == NAMES)


def test_the_stub_that_is_left_below_an_answer_does_not_take_its_place():
    cells, record = with_answer(f"{WHOLE}\n\n\n{released()}")
    assert cells[NAMES].source == WHOLE and record.review


@pytest.mark.parametrize(
    "touch",
    [
        lambda stub: stub.replace("    raise", "    # see above\n    raise"),
        lambda stub: f"# my answer is above\n{stub}",
        lambda stub: stub.replace("(x):\n", '(x):\n    """Twice x."""\n'),
    ],
)
def test_a_stub_with_a_comment_is_no_answer(touch):
    cells, record = with_answer(touch(released()), WHOLE)
    assert cells[NAMES].source == WHOLE and record.review


def test_lines_below_the_stubs_raise_stay_and_are_named():
    text = f"{released()}\n    return x + x"
    cells, record = with_answer(text)
    assert cells[NAMES].source == text and record.review
    assert any("below the stub's `raise`" in r.text for r in record.repairs)
    assert cells["q1-2-count"].source == "ans_1_2 = 6585"  # nor do they go elsewhere


ENDS = ["ans_1_2 = 6585  # an int", "ans_1_2 = 6585\n!ls", "ans_1_2 = 6585\n%time ans_1_2", "ans_1_2 = 6585 // 1"]
ENDS += ["ans_1_2 = 6585\nans_1_2?", "ans_1_2 = 6585\nif ans_1_2:\n    x = ans_1_2"]
NOTES = [
    new_markdown_cell("I summed the layers:\nans_1_2 = 3"),
    new_markdown_cell("* first\n* second"),
    new_markdown_cell("Earlier:\n\n```python\ndef double(x):\n    return 3 * x\n```"),
    new_raw_cell("(see above)"),
    new_code_cell("5"),
    new_code_cell("2 * 16"),
    new_code_cell("    print(double(2))"),
    new_code_cell("    y = count = 0\n    print(y)"),
    new_code_cell("is this right?"),
    new_code_cell("x = ans_1_2\nreturn 2 * x"),
    new_code_cell("if ans_1_2:\n    return ans_1_2"),
]


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.source[:12])
@pytest.mark.parametrize("end", ENDS)
def test_notes_below_an_answer_are_no_part_of_it(end, note):
    nb = handed_in()
    place = at(nb, "q1-2-count")
    nb.cells[place].source = end
    nb.cells.insert(place + 1, copy.deepcopy(note))
    cells, record, result = fixed(nb)
    assert cells["q1-2-count"].source == end and cells[NAMES].source == RIGHT
    assert any(c.source == note.source for c in result.cells) and not any(r.what == "split" for r in record.repairs)


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("def double(x):\n    n = 2\n    return x * n", "n"),
        ("def double(x):\n    d = x\n    return x + 1 * d", "type(2)"),
        (f"{WHOLE}\n    ", "y = double(3)\nprint(y)"),
        ("def double(x):\n    for y in [x]:\n        x = x + y\n        ", "double(y)"),
    ],
)
def test_a_cell_that_makes_sense_below_an_answer_stays(head, below):
    answer, record = torn(head, below)
    assert answer == head.strip() and not any(r.what == "split" for r in record.repairs)


def test_a_piece_of_a_cell_of_the_students_own_is_not_put_into_an_answer():
    nb = handed_in()
    place = at(nb, NAMES)
    nb.cells[place + 1 : place + 1] = [
        new_code_cell("class Mine:\n    def __init__(self):\n        self.x = 1", id="own1"),
        new_code_cell("    def f(self):\n        return self.x", id="own2"),
    ]
    cells, record, result = fixed(nb)
    assert cells[NAMES].source == RIGHT and not any(r.what in ("split", "torn") for r in record.repairs)
    assert sum("self.x" in c.source for c in result.cells) == 2


def test_an_answer_that_is_only_comments_is_not_torn():
    nb = handed_in()
    place = at(nb, "q1-2-count")
    nb.cells[place].source = "# 6585 = 81 * 81 + 24: not yet sure"
    nb.cells.insert(place + 1, new_code_cell("x = 3\nprint(x)"))
    cells, record, _ = fixed(nb)
    assert cells["q1-2-count"].source == nb.cells[place].source and not any(r.review for r in record.repairs)


HELPER = f"{WHOLE}\n\n\ndef show(x):\n    print(x)"
STEP = "def double(x):\n    total = 0\n    for part in (x, x):\n        total += part\n    print(total)"
HABITS = [
    *((HELPER, own) for own in ("print(1)", "# later", "!ls", "import torch", "%%timeit\ndouble(2)")),
    (WHOLE, "    y = x + x\n    return y"),  # a copy
    (WHOLE, "    return x"),
    (WHOLE, "@torch.no_grad()"),
    ("ans_1_1 = 4\ndef double(x):\n    return 2 * x", "is right"),
    (STEP, "    print(x0)"),
    (f"{STEP}\n    ", "part + 1"),
    (STEP, "return total0"),
    (f"class A:\n    def f(self, k):\n        j = k\n        return j\n\n\n{WHOLE}", "    print(j)"),
]


@pytest.mark.parametrize(("answer", "own"), HABITS)
@pytest.mark.parametrize("new", [new_code_cell, new_markdown_cell])
def test_a_whole_answer_stays_as_it_is(answer, own, new):
    nb = handed_in()
    place = at(nb, NAMES)
    nb.cells[place].source = answer
    nb.cells[place + 1 : place + 1] = [new(own, id="own1")]
    nb.cells[place:place] = [new_code_cell("for part in (1, 2):\n    print(part)", id="own0")]
    cells, record, result = fixed(nb)
    assert cells[NAMES].source.strip() == answer.strip() and not any(r.what == "split" for r in record.repairs)
    assert any(c.source == own for c in result.cells)


def test_a_piece_of_one_answer_is_not_put_into_another_that_is_whole():
    nb = handed_in()
    nb.cells[at(nb, NAMES)].source = "def double(x):\n    for _ in range(1):\n        x += x"
    place = at(nb, "q1-2-count")
    nb.cells.insert(place + 1, new_code_cell("    for y in range(9):\n        x = y\n    return x", id="own1"))
    cells, record, _ = fixed(nb)
    assert cells[NAMES].source == nb.cells[at(nb, NAMES)].source
    assert any(r.what == "torn" and r.review for r in record.repairs)


@pytest.mark.parametrize("between", [[], ["print(1)"], ["## Part two"]])
def test_a_function_in_three_pieces(between):
    lines = ["def double(x):", "    y = 0", "    for _ in range(2):", "        y += x", "    return y"]
    nb = handed_in()
    place = at(nb, NAMES)
    nb.cells[place].source = "\n".join(lines[:2])
    pieces = ["\n".join(lines[2:4]), lines[4]]
    nb.cells[place + 1 : place + 1] = [new_code_cell(text) for piece in pieces for text in (piece, *between)]
    cells, record, _ = fixed(nb)
    assert record.review
    if not between:
        assert cells[NAMES].source == "\n".join(lines)


@pytest.mark.parametrize("between", ["print(3)", "# later", "%%time\nprint(1)"])
def test_methods_are_put_into_their_class_whatever_is_between(between):
    head = "def double(x):\n    return A(2 * x).value()\n\n\nclass A:\n    def __init__(self, x):\n        self.x = x"
    method = "    def value(self):\n        return self.x"
    nb = handed_in()
    place = at(nb, NAMES)
    nb.cells[place].source = head
    nb.cells[place + 1 : place + 1] = [new_code_cell(between), new_code_cell(method)]
    cells, record, result = fixed(nb)
    assert record.review and cells[NAMES].source in (f"{head}\n{method}", f"{head}\n\n{method}")
    assert any(c.source == between for c in result.cells)


@pytest.mark.parametrize("shape", [new_markdown_cell, new_raw_cell])
def test_what_an_answer_lacks_and_a_text_shows_is_named(shape):
    nb = handed_in()
    place = at(nb, "q1-2-count")
    nb.cells[place].source = "n = 81"
    nb.cells.insert(place + 1, shape("ans_1_2 = n * n + 24"))
    _, record, _ = fixed(nb)
    assert any(r.what in ("shown", "split", "beside") and r.cell == "q1-2-count" and r.review for r in record.repairs)


def test_an_answer_in_a_block_above_its_cell_counts():
    nb = handed_in()
    place = at(nb, "q1-2-count")
    nb.cells[place].source = next(c.source for c in skeleton().cells if c.id == "q1-2-count")
    own = "for n in (6584,):\n    if n:\n        ans_1_2 = n + 1"
    nb.cells.insert(place, new_code_cell(own))
    cells, record, _ = fixed(nb)
    assert cells["q1-2-count"].source == own and record.review
