"""An answer in a cell other than its own is put in its place, or said; no words beside it get 0 points unseen."""

import base64

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from coursework.intake.beside import put
from coursework.intake.repair import repair
from tests.support.course import meta
from tests.support.notebooks import RIGHT, handed_in, skeleton

WORDS = "It is 4, as two and two are four."
STUB = "*Your answer here.*"
TWICE = "def twice(x):\n    raise NotImplementedError"
MORE = {
    "q1-4-twice": "def twice(x):\n    return 2 * x",
    "q1-4-why": "Because of the two.",
    "q1-5-why": "Because of the three.",
}


def longer(nb):
    """The miniature with two more sections; the last one has two written answers."""
    nb.cells += [
        new_markdown_cell("## 1.4 Twice\nA reason to do it.", id="q1-4-task"),
        new_code_cell(TWICE, id="q1-4-twice", metadata=meta("q1-4-twice", solution=True)),
        new_code_cell("probe = twice(4)\nassert probe == 8", id="q1-4-twice--value", metadata=meta("q1-4-twice--v", 1)),
        new_markdown_cell("**Why twice?** Say it in words.", id="q1-4-question", metadata=meta("q1-4-question")),
        new_markdown_cell(STUB, id="q1-4-why", metadata=meta("q1-4-why", 2, solution=True)),
        new_markdown_cell("## 1.5 Thrice", id="q1-5-task"),
        new_markdown_cell("**Why thrice?** Say it in words.", id="q1-5-question", metadata=meta("q1-5-question")),
        new_markdown_cell(STUB, id="q1-5-why", metadata=meta("q1-5-why", 2, solution=True)),
        new_markdown_cell("**And the number?** In words.", id="q1-6-question", metadata=meta("q1-6-question")),
        new_markdown_cell(STUB, id="q1-6-why", metadata=meta("q1-6-why", 2, solution=True)),
        new_markdown_cell("## The end", id="the-end"),
    ]
    return nb


def submitted(**open_ones):
    """What a student has submitted who has answered all but these, each of them with the text that is there."""
    nb = longer(handed_in())
    for cell in nb.cells:
        cell.source = MORE.get(cell.id, cell.source)
        if cell.id == "q1-6-why":
            cell.source = "Because of the number."
        cell.source = open_ones.get(cell.id.replace("-", "_"), cell.source)
    return nb


def at(nb, identity):
    return next(i for i, c in enumerate(nb.cells) if c.id == identity)


def below(nb, identity, *new):
    place = at(nb, identity) + 1
    nb.cells[place:place] = new


def cell_of(nb, identity):
    return nb.cells[at(nb, identity)]


def fixed(nb):
    result, record = repair(nbformat.writes(nb).encode(), longer(skeleton()))
    nbformat.validate(result)
    return result, record


def kinds(record, what):
    return {(r.cell, r.review) for r in record.repairs if r.what == what}


def moved(nb, identity="q1-4-why"):
    """The answer that was put in its place, said once, with review, and never as a doubled one."""
    result, record = fixed(nb)
    assert kinds(record, "beside") == {(identity, True)} and not kinds(record, "duplicate")
    assert not kinds(record, "type") and not kinds(record, "shown")
    return cell_of(result, identity).source


SHAPES = {
    "Markdown": new_markdown_cell(WORDS),
    "raw": new_raw_cell(WORDS),
    "a comment": new_code_cell(f"# {WORDS}"),
    "comments": new_code_cell("# " + WORDS.replace(", ", ",\n# ")),
    "a text": new_code_cell(f'"""{WORDS}"""'),
    "print": new_code_cell(f'print("{WORDS}")'),
    "a magic": new_code_cell(f"%%markdown\n{WORDS}"),
    "Markdown()": new_code_cell(f"from IPython.display import Markdown\nMarkdown('{WORDS}')"),
    "display(Markdown())": new_code_cell(f"import IPython\ndisplay(IPython.display.Markdown('{WORDS}'))"),
    "words that are no code": new_code_cell(WORDS),
}


@pytest.mark.parametrize("above", ["q1-4-twice", "q1-4-twice--value", "q1-4-question", "q1-4-why"])
@pytest.mark.parametrize("shape", SHAPES)
def test_words_beside_a_written_answer_are_the_answer(shape, above):
    nb = submitted(q1_4_why=STUB)
    below(nb, above, SHAPES[shape])
    assert moved(nb).replace("\n", " ") == WORDS


@pytest.mark.parametrize("text", [STUB, ""])
@pytest.mark.parametrize("given", ["q1-4-question", "q1-4-task"])
@pytest.mark.parametrize("where", ["{given}\n\n{words}", "{words}\n\n{given}"])
def test_words_typed_into_the_question_or_the_heading_are_the_answer(text, given, where):
    nb = submitted(q1_4_why=text)
    cell_of(nb, given).source = where.format(given=cell_of(nb, given).source, words=WORDS)
    assert moved(nb) == WORDS


def test_words_in_two_cells_around_it_are_one_answer_and_in_order():
    nb = submitted(q1_4_why=STUB)
    below(nb, "q1-4-why", new_markdown_cell("Third."), new_raw_cell("Fourth."))
    below(nb, "q1-4-question", new_markdown_cell("First."), new_code_cell("2 + 2"), new_markdown_cell("Second."))
    assert moved(nb) == "First.\n\nSecond.\n\nThird.\n\nFourth."


def test_words_are_taken_from_beside_it_before_those_further_off():
    nb = submitted(q1_4_why=STUB)
    below(nb, "q1-4-twice", new_markdown_cell("A note on the code."))
    below(nb, "q1-4-question", new_markdown_cell(WORDS))
    assert moved(nb) == WORDS
    assert any(c.source == "A note on the code." for c in fixed(nb)[0].cells)


def test_a_deleted_answer_is_found_in_the_words_between_its_neighbours():
    nb = submitted()
    nb.cells[at(nb, "q1-4-why")] = new_raw_cell(WORDS)
    assert moved(nb) == WORDS


def test_pictures_of_one_name_go_with_the_words_of_both_cells():
    nb = submitted(q1_4_why=STUB)
    one, two = ({"image.png": {"image/png": base64.b64encode(raw).decode()}} for raw in (b"one", b"two"))
    link = "![photo](attachment:image.png)"
    below(nb, "q1-4-question", *(new_markdown_cell(link, attachments=picture) for picture in (one, two)))
    answer = cell_of(fixed(nb)[0], "q1-4-why")
    assert answer.source == f"{link}\n\n![photo](attachment:1-image.png)"
    assert answer.attachments == {"image.png": one["image.png"], "1-image.png": two["image.png"]}


UNSURE = {
    "between two written answers": ("q1-5-why", new_markdown_cell(WORDS), ("q1-6-why",)),
    "at the end": ("the-end", new_markdown_cell(WORDS), ("q1-4-why",)),
    "at the end, for two": ("the-end", new_raw_cell(WORDS), ("q1-4-why", "q1-6-why")),
    "below the next heading": ("q1-5-task", new_markdown_cell(WORDS), ("q1-4-why",)),
    "below its heading": ("q1-4-task", new_markdown_cell(WORDS), ("q1-4-why",)),
    "code beside it": ("q1-4-question", new_code_cell("print(2 + 2)"), ("q1-4-why",)),
    "code in a comment": ("q1-4-question", new_code_cell("# y = double(2)"), ("q1-4-why",)),
    "code that is torn": ("q1-4-question", new_code_cell("y = (double(2) # as two and two"), ("q1-4-why",)),
}


@pytest.mark.parametrize("case", UNSURE)
def test_words_that_may_be_no_answer_stay_and_are_said(case):
    above, own, unanswered = UNSURE[case]
    nb = submitted(**{identity.replace("-", "_"): STUB for identity in unanswered})
    below(nb, above, own)
    result, record = fixed(nb)
    assert kinds(record, "shown") == {(identity, True) for identity in unanswered}
    assert not kinds(record, "beside") and all(cell_of(result, identity).source == STUB for identity in unanswered)
    assert any(c.source == own.source and c.id.startswith("extra") for c in result.cells)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("above", ["q1-4-task", "q1-4-twice", "q1-4-question", "q1-4-why", "q1-5-why", "the-end"])
def test_notes_are_no_answer_where_the_answer_is_given(shape, above):
    nb = submitted()
    below(nb, above, SHAPES[shape])
    result, record = fixed(nb)
    assert not record.review and [r.what for r in record.repairs] == ["extra"]
    assert all(cell_of(result, c.id).source == c.source for c in submitted().cells)


@pytest.mark.parametrize("own", [new_markdown_cell("---"), new_markdown_cell(STUB), new_code_cell("x = 3")])
def test_what_is_no_text_or_far_from_an_unanswered_one_is_not_spoken_of(own):
    nb = submitted(q1_5_why=STUB)
    below(nb, "q1-4-twice", own)
    assert not fixed(nb)[1].review


@pytest.mark.parametrize("where", ["{mine}\n\n{given}", "{given}\n\n{mine}", "{first}\n{mine}\n{last}"])
def test_of_a_locked_cell_only_what_was_added_is_the_answer(where):
    nb = submitted(q1_4_twice=TWICE)
    test = cell_of(nb, "q1-4-twice--value")
    first, last = test.source.split("\n")
    test.source = where.format(mine=MORE["q1-4-twice"], given=test.source, first=first, last=last)
    result, record = fixed(nb)
    assert cell_of(result, "q1-4-twice").source == MORE["q1-4-twice"]
    assert kinds(record, "merged") == {("q1-4-twice", True)} and not kinds(record, "duplicate")


@pytest.mark.parametrize("place", ["q1-4-task", "q1-4-twice", "the-end"])
@pytest.mark.parametrize("new", [new_code_cell, new_markdown_cell, new_raw_cell])
@pytest.mark.parametrize("fence", ["{}", "```python\n{}\n```", "~~~\n{}\n~~~"])
def test_code_in_a_cell_of_its_own_is_the_answer_also_in_a_fence(place, new, fence):
    nb = submitted(q1_4_twice=TWICE)
    below(nb, place, new(fence.format(MORE["q1-4-twice"])))
    result, record = fixed(nb)
    assert cell_of(result, "q1-4-twice").source == MORE["q1-4-twice"]
    assert kinds(record, "beside") == {("q1-4-twice", True)}
    assert not kinds(record, "duplicate") and not kinds(record, "extra")


def test_words_around_the_code_stay_where_they_are():
    nb = submitted(q1_4_twice=TWICE)
    text = f"My answer to 1.4, with a sum:\n\n```python\n{MORE['q1-4-twice']}\n```\nIt is fast (really)."
    below(nb, "q1-4-task", new_markdown_cell(text))
    result, record = fixed(nb)
    assert cell_of(result, "q1-4-twice").source == MORE["q1-4-twice"] and record.review
    assert any(c.source == text for c in result.cells)


def test_code_that_words_show_and_that_is_not_whole_is_said():
    nb = submitted(q1_4_twice=TWICE)
    below(
        nb, "q1-4-task", new_markdown_cell("I tried (but it failed):\n\n```python\ndef twice(x):\n    return (2 *\n```")
    )
    result, record = fixed(nb)
    assert kinds(record, "shown") == {("q1-4-twice", True)} and cell_of(result, "q1-4-twice").source == TWICE


def test_code_that_runs_is_taken_before_code_that_is_shown():
    nb = submitted(q1_4_twice=TWICE)
    below(nb, "q1-4-task", new_code_cell(MORE["q1-4-twice"]))
    below(nb, "q1-5-task", new_markdown_cell("Before:\n\n```python\ndef twice(x):\n    return x\n```"))
    assert cell_of(fixed(nb)[0], "q1-4-twice").source == MORE["q1-4-twice"]


def test_two_answers_in_one_cell_are_no_doubled_one():
    nb = submitted(q1_4_twice=TWICE, q1_1_double=f"{RIGHT}\n\n\n{MORE['q1-4-twice']}")
    result, record = fixed(nb)
    assert "def twice" in cell_of(result, "q1-4-twice").source
    assert kinds(record, "merged") == {("q1-4-twice", True)} and not kinds(record, "duplicate")


def test_an_answer_that_is_there_twice_is_still_said():
    nb = submitted()
    again = nbformat.from_dict(cell_of(nb, "q1-4-why") | {"source": "Another answer."})
    below(nb, "q1-4-why", again)
    assert kinds(fixed(nb)[1], "duplicate") == {("q1-4-why", True)}


@pytest.mark.parametrize("left", ["", TWICE, f"# see below\n{TWICE}"])
def test_what_is_moved_is_the_only_one_and_another_text_in_its_cell_stays(left):
    nb = submitted(q1_4_twice=left)
    answer, theirs = cell_of(longer(skeleton()), "q1-4-twice"), new_code_cell(MORE["q1-4-twice"])
    found = {n: c.id for n, c in enumerate(nb.cells)}
    put(answer, theirs.source, theirs, nb.cells, found)
    (place,) = (p for p, identity in found.items() if identity == "q1-4-twice")
    assert nb.cells[place].source == MORE["q1-4-twice"]
    assert left in ("", TWICE) or left in [c.source for p, c in enumerate(nb.cells) if p not in found]
