"""Notebooks that are made to keep the repair busy: each way of looking has an end, and a human is asked."""

import json
import random
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output

from coursework.intake import code, pieces, read, repair
from coursework.intake.pieces import page, salvage
from coursework.intake.recover import content
from coursework.intake.scripts import script
from coursework.notebook import artefacts
from coursework.notebook.artefacts import decode, encode, extract
from coursework.notebook.definitions import defined
from coursework.notebook.dialect import LONG_CODE
from coursework.notebook.whole import parses
from tests.support.notebooks import handed_in, skeleton


def record_of(nb):
    return repair.repair(nbformat.writes(nb).encode(), skeleton())[1]


def looked_at(record):
    return [r.text for r in record.repairs if r.what == "too-much" and r.review]


def test_many_cells_that_look_like_an_edited_one_take_little_time():
    nb, dice = handed_in(), random.Random(1)
    text = next(c for c in nb.cells if c.id == "q1-1-double--values").source
    nb.cells = [c for c in nb.cells if c.id != "q1-1-double--values"]
    nb.cells += [new_code_cell("".join(dice.sample(text, len(text)))) for _ in range(400)]
    nb.cells.append(new_code_cell(text.replace("double", "twice")))
    started = time.process_time()
    record = record_of(nb)
    assert time.process_time() - started < 5
    assert "q1-1-double--values" in [r.cell for r in record.repairs if r.what == "locked-edited"]


def test_pieces_are_put_together_up_to_an_effort(monkeypatch):
    seen = []
    monkeypatch.setattr(code, "parses", lambda text: seen.append(len(text)) or parses(text))
    monkeypatch.setattr(code.Reader.__init__, "__defaults__", (50_000,))
    nb = handed_in()
    nb.cells += [new_code_cell(f"def f{i}(:\n" + "def g(x):\n    return x\n" * 20) for i in range(60)]
    record = record_of(nb)
    released = sum(len(c.source) for c in skeleton().cells)
    assert sum(seen) <= 50_000 + released and "more code beside the answers than is searched" in looked_at(record)[0]


def test_each_text_is_read_once(monkeypatch):
    seen = []
    monkeypatch.setattr(code, "defined", lambda text: seen.append(text) or defined(text))
    nb = handed_in()
    nb.cells = [c for c in nb.cells if c.id not in ("q1-1-double", "q1-2-count")]
    nb.cells += [new_code_cell(f"x_{i} = {i}") for i in range(50)]
    assert not looked_at(record_of(nb))
    assert len(seen) <= len(set(seen)) + len(skeleton().cells)


@pytest.mark.parametrize(
    ("limit", "says"),
    [("MAX_CELLS", "has 11 cells, more than 10"), ("MAX_OUTPUTS", "has 11 saved outputs, more than 10")],
)
def test_more_than_any_notebook_has(monkeypatch, limit, says):
    monkeypatch.setattr(read, limit, 10)
    nb = handed_in()
    if limit == "MAX_CELLS":
        nb.cells += [new_code_cell("1") for _ in range(11 - len(nb.cells))]
    else:
        nb.cells[3].outputs = [new_output("display_data", {"text/plain": "1"}) for _ in range(11)]  # streams are joined
    record = record_of(nb)
    assert not record.gradable and says in record.repairs[0].text


@pytest.mark.parametrize(
    "text", ["y = " + "-" * 20_000 + "1", "(" * 5_000, "x = 1\n" * (LONG_CODE // 6 + 1), "[" * 90_000 + "]" * 90_000]
)
def test_code_that_no_parser_takes_defines_what_it_seems_to(text):
    assert not parses(text)
    assert defined(text) <= {"x", "y"}


def test_magic_lines_keep_their_place():
    assert defined("if True:\n    !ls\nx = 1") == {"x"} and parses("for i in x:\n\t%time y\n%matplotlib inline")


def test_heads_without_an_end_are_passed_over_once():
    head = encode("a.json", b"x").splitlines()[0]
    whole = encode("b.json", b"whole")
    cut = f"{head}\n" * 5_000
    assert decode(f"{cut}{whole}\n{cut}") == ({"b.json": b"whole"}, [])
    assert len(list(artefacts._blocks(cut))) == 0
    assert "(.*?)" not in artefacts.MARKER.pattern  # nothing that looks through the rest of the text for each head
    # A block that broke off does not take the next one of its name with it.
    again = encode("a.json", b"again")
    assert decode(f"{head}\nAAAA\n{again}") == ({"a.json": b"again"}, [])


def test_blocks_have_limits_together(monkeypatch):
    def outputs(text):
        return {"outputs": [{"text": [text]}, {"data": [1]}, {"text": 5}, {"data": {"text/plain": [1, "2"]}}]}

    blocks = [encode(f"{i}.bin", bytes(400)) for i in range(5)]
    monkeypatch.setattr(artefacts, "MAX_PAYLOAD", 1_000)
    found, problems = extract({"cells": [outputs("\n".join(blocks))]})
    assert sorted(found) == ["0.bin", "1.bin"] and "too large" in problems[0]
    found, problems = extract({"cells": [outputs(b) for b in blocks]})
    assert sorted(found) == ["0.bin", "1.bin"] and "together" in problems[0]
    monkeypatch.setattr(artefacts, "MAX_BLOCKS", 1)
    assert "more than 1 artefacts" in extract({"cells": [outputs("\n".join(blocks))]})[1][0]
    monkeypatch.setattr(artefacts, "MAX_TEXT", len(blocks[0]) - 1)
    found, problems = extract({"cells": [outputs(blocks[0])]})
    assert not found and "are left out" in problems[0]


def test_a_small_block_that_says_it_is_small_unpacks_to_little():
    """The limit of the unpacking is what the head says, so a lie costs nothing."""
    bomb = encode("a.bin", bytes(10_000_000)).replace("size=10000000", "size=5")
    assert "does not match" in decode(bomb)[1][0]


def test_trash_in_a_file_is_looked_through_up_to_a_number(monkeypatch):
    tried = []

    class Counted(json.JSONDecoder):
        def raw_decode(self, *args, **more):
            tried.append(1)
            return super().raw_decode(*args, **more)

    monkeypatch.setattr(pieces, "DECODER", Counted(strict=False))
    cells = salvage('{"cells": [' + '{"id": x ' * 1_000)
    assert len(tried) == pieces.MAX_FAULTS + 1 and cells[-1]["cell_type"] == "raw"
    tried.clear()
    page('{"cells": ' * 500)
    assert len(tried) == pieces.MAX_STARTS


def test_a_page_of_too_many_tags(monkeypatch):
    monkeypatch.setattr(pieces, "MAX_TAGS", 10)
    with pytest.raises(ValueError, match="more than 10 tags"):
        content(b"<html>" + b"<a>" * 20, "x.html")


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"""One."""\nx = 1', [("markdown", "One."), ("code", "x = 1")]),
        (
            '"""One.\nTwo."""\nx = 1\n"""Three."""',
            [("markdown", "One.\nTwo."), ("code", "x = 1"), ("markdown", "Three.")],
        ),
        ('"""x\n' * 3, [("code", '"""x\n' * 2 + '"""x')]),
        ('def f():\n    """Says."""\n    return 1', [("code", 'def f():\n    """Says."""\n    return 1')]),
    ],
)
def test_strings_that_stand_alone_are_text(text, cells):
    assert [(c["cell_type"], c["source"]) for c in script(text)] == cells
