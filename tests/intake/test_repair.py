"""Answers are put back into the pristine notebook, whatever happened to the file; nothing a student wrote is lost."""

import contextlib
import copy
import json

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell

from coursework.core.verdicts import Repair
from coursework.intake.repair import repair, sentences
from coursework.notebook.artefacts import decode, encode
from tests.support.course import meta
from tests.support.notebooks import RIGHT, WHY, handed_in, skeleton


def fixed(nb):
    result, record = repair(nbformat.writes(nb).encode(), skeleton())
    nbformat.validate(result)
    return {c.id: c for c in result.cells}, record, result


def assert_whole(cells):
    assert cells["q1-1-double"].source == RIGHT
    assert cells["q1-2-count"].source == "ans_1_2 = 6585"
    assert cells["q1-3-why"].source == WHY
    assert (
        cells["q1-1-double--values"].source == next(c for c in skeleton().cells if c.id == "q1-1-double--values").source
    )


def at(nb, identity):
    return next(i for i, c in enumerate(nb.cells) if c.id == identity)


def undamaged(nb):
    pass


def cell_twice(nb):
    i = at(nb, "q1-1-double")
    nb.cells.insert(i, copy.deepcopy(next(c for c in skeleton().cells if c.id == "q1-1-double")))


def metadata_gone(nb):
    for cell in nb.cells:
        cell.metadata = {}
    nb.metadata.pop("coursework")


def ids_gone(nb):
    for cell in nb.cells:
        cell.pop("id")
    nb.nbformat_minor = 4


def ids_counted(nb):
    """What nbstripout makes of them (findings/nbstripout-numbers-cells.sh)."""
    for number, cell in enumerate(nb.cells):
        cell.id = str(number)


def all_gone(nb):
    metadata_gone(nb)
    ids_gone(nb)


def checks_deleted(nb):
    nb.cells = [c for c in nb.cells if "--" not in c.id]


def check_edited(nb):
    nb.cells[at(nb, "q1-1-double--values")].source = "assert True"


def set_up_edited(nb):
    nb.cells[at(nb, "setup")].source += "\nmine = 1"


def reordered(nb):
    nb.cells = nb.cells[::-1]


def answer_became_text(nb):
    i = at(nb, "q1-3-why")
    nb.cells[i] = new_code_cell(WHY, id="q1-3-why", metadata=nb.cells[i].metadata)


def colab_noise(nb):
    for cell in nb.cells:
        cell.metadata["executionInfo"] = {"user": {"displayName": "Jane"}}
        cell.metadata["outputId"] = "x"
    nb.metadata["widgets"] = {"state": {"a": 1}}
    nb.metadata["kernelspec"] = {"name": "ir", "display_name": "R"}


def points_raised(nb):
    nb.cells[at(nb, "q1-1-double--values")].metadata.nbgrader.points = 99
    nb.cells[at(nb, "q1-1-double--values")].metadata.tags = ["skip-execution"]


DAMAGES = [
    undamaged, cell_twice, metadata_gone, ids_gone, ids_counted, all_gone, checks_deleted, check_edited, set_up_edited,
    reordered, answer_became_text, colab_noise, points_raised,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__)
def test_each_damage_alone(damage):
    nb = handed_in()
    damage(nb)
    cells, record, result = fixed(nb)
    assert_whole(cells)
    assert record.gradable
    assert [c.id for c in result.cells if c.id in {s.id for s in skeleton().cells}] == [c.id for c in skeleton().cells]
    for cell in skeleton().cells:
        assert cells[cell.id].metadata == cell.metadata and cells[cell.id].cell_type == cell.cell_type
    if damage in (undamaged, colab_noise, points_raised, ids_gone, ids_counted):
        assert record.repairs == []
    elif damage is not reordered:
        assert record.repairs


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(DAMAGES[1:5] + DAMAGES[6:9] + DAMAGES[11:]), max_size=4), st.randoms(use_true_random=False)
)
def test_damages_together_and_cells_of_their_own(damages, random):
    nb = handed_in()
    own = [f"# my own {i}" for i in range(random.randrange(3))]
    for text in own:
        nb.cells.insert(
            random.randrange(len(nb.cells)), new_code_cell(text, id=f"own{random.random()}"[:20].replace(".", ""))
        )
    for damage in damages:
        # An earlier damage may have taken away what this one damages.
        with contextlib.suppress(StopIteration, KeyError, AttributeError):
            damage(nb)
    _, record, result = fixed(nb)
    text = "\n".join(c.source for c in result.cells)
    for written in (RIGHT, "ans_1_2 = 6585", WHY, *own):
        assert written in text
    assert record.gradable


def test_the_last_of_two_answers_counts_and_somebody_looks():
    nb = handed_in()
    other = copy.deepcopy(nb.cells[at(nb, "q1-1-double")])
    other.source = "def double(x):\n    return 3 * x"
    nb.cells.insert(at(nb, "q1-1-double"), other)
    cells, record, result = fixed(nb)
    assert cells["q1-1-double"].source == RIGHT and record.review
    before = result.cells[[c.id for c in result.cells].index("q1-1-double") - 1]
    assert before.source == other.source and before.id == "extra-1"


def test_a_piece_that_may_belong_to_two_answers_waits_for_a_look():
    nb = handed_in()
    head = "def {}(x):\n    y = 2 * x"
    nb.cells[at(nb, "q1-1-double")].source = head.format("double")
    nb.cells.append(new_code_cell(head.format("double"), id="own1"))
    nb.cells.append(new_markdown_cell("A text between.", id="own2"))
    nb.cells.append(new_code_cell("    return y", id="own3"))
    _, record, result = fixed(nb)
    assert "torn" in {r.what for r in record.repairs} and record.review
    assert any(c.source == "    return y" for c in result.cells)


def test_a_deleted_answer_is_the_stub_again_and_said():
    nb = handed_in()
    nb.cells.pop(at(nb, "q1-2-count"))
    cells, record, _ = fixed(nb)
    assert cells["q1-2-count"].source == "ans_1_2 = None"
    assert record.review and any(r.what == "missing" and r.cell == "q1-2-count" for r in record.repairs)


def test_own_cells_stay_in_place_without_metadata():
    nb = handed_in()
    spy = new_code_cell("helper = 1", id="h", metadata=meta("invented", 50))
    nb.cells.insert(at(nb, "q1-1-double"), spy)
    nb.cells.insert(0, new_markdown_cell("My name", id="m"))
    _, _, result = fixed(nb)
    ids = [c.id for c in result.cells]
    assert ids[0] == "extra-1" and ids.index("extra-2") == ids.index("q1-1-double") - 1
    assert all(not c.metadata for c in result.cells if c.id.startswith("extra"))


def test_an_edited_locked_cell_is_kept_but_never_runs():
    nb = handed_in()
    nb.cells[at(nb, "setup")].source += "\nmine = 1"
    _, record, result = fixed(nb)
    assert result.cells[-1].cell_type == "raw" and "mine = 1" in result.cells[-1].source
    assert [r.what for r in record.repairs] == ["locked-edited"]


def test_an_older_release_is_named():
    nb = handed_in()
    nb.metadata.coursework.release = "hw0-tiny-0"
    assert "hw0-tiny-0" in fixed(nb)[1].repairs[0].text


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"[1, 2]",
        b'{"cells": 3}',
        b'{"a"',
        b"<html></html>",
        b'{"cells": [1, null]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_notebook_never_stops_the_class(raw):
    result, record = repair(raw, skeleton())
    nbformat.validate(result)
    assert record.review and (not record.gradable or record.repairs[-1].what == "unrelated")


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda x: (
            st.lists(x, max_size=3)
            | st.dictionaries(
                st.sampled_from(["cells", "source", "metadata", "id", "cell_type", "outputs", "nbgrader", "nbformat"]),
                x,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_survived(content):
    result, _ = repair(json.dumps(content).encode(), skeleton())
    nbformat.validate(result)


@given(st.binary(max_size=3000), st.text(max_size=50), st.text(max_size=50))
def test_an_artefact_comes_back(payload, before, after):
    found, problems = decode(before + "\n" + encode("a.bin", payload) + "\n" + after)
    assert found == {"a.bin": payload} and not problems


def test_a_damaged_artefact_is_a_problem_not_a_crash():
    block = encode("a.json", b"x" * 500)
    assert decode(block.replace("sha256=", "sha256=" + "0" * 64 + " ")[:60]) == ({}, [])
    digest = block.split("sha256=")[1][:64]
    assert "checksum" in decode(block.replace(digest, "0" * 64))[1][0]
    assert "unsafe" in decode(block.replace("a.json", "../a.json"))[1][0]
    with pytest.raises(ValueError, match="hand in the file"):
        import os

        encode("a.bin", os.urandom(1_000_000))


def test_many_repairs_of_one_kind_are_said_in_short():
    """A submission made from an older release had a sentence for each of its cells, a page long."""
    edited = [Repair("locked-edited", None, f"{n}.") for n in range(7)]
    other = Repair("extra", None, "x.")
    assert sentences([*edited[:5], other]) == ["0.", "1.", "2.", "3.", "4.", "x."]
    assert sentences([*edited, other]) == ["0.", "1.", "5 more cells were like this (locked-edited).", "x."]
