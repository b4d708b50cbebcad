"""The file of predictions: its form, and how far it counts."""

import base64
import json

import nbformat
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from coursework.core.course import Course
from coursework.judging import conclude
from coursework.judging.evidence import Evidence, Known, shown_order
from coursework.notebook import checks
from coursework.notebook.predictions import read_predictions
from coursework.notebook.wire import PROBE_MIME

TRUTH = np.arange(1000) % 10
CHOSEN = np.arange(0, 1000, 5)
KNOWN = Known(np.zeros((200, 1)), TRUTH[CHOSEN], CHOSEN, TRUTH, "mark")
REQUEST = Evidence(
    cell="q--evidence",
    weights="w.pt",
    needs=(),
    claim=("r.json", "acc"),
    images=("cifar10", "test", 200),
    bands=((0.75, 1.0), (0.7, 0.5)),
    predictions="predictions.csv",
    data=("r.json", "data"),
)


def as_csv(labels, head="id,label"):
    return "\n".join([head, *(f"{i},{k}" for i, k in enumerate(labels))]) + "\n"


def wrong_in(fraction, seed=0):
    """TRUTH with this part of it wrong."""
    labels = TRUTH.copy()
    chosen = np.random.default_rng(seed).permutation(1000)[: round(1000 * fraction)]
    labels[chosen] = (labels[chosen] + 3) % 10
    return labels


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.randoms(), st.sampled_from(["\n", "\r\n"]))
def test_rows_in_any_order_and_line_ends_are_read(labels, dice, end):
    rows = [f"{i}, {k} " for i, k in enumerate(labels)]
    dice.shuffle(rows)
    assert read_predictions("\ufeffID,label" + end + end.join(rows) + end * 2, len(labels)) == (labels, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("0,1\n1,2\n2,3\n", "first line must be id,label"),
        ("id,label\n0,1\n1,2\n", "2 rows below the header, expected 3"),
        ("id,label\n0,1\n1,2\n2,3\n3,3\n", "4 rows"),
        ("id,label\n1,1\n2,2\n3,3\n", "ids must be 0 to 2; the lowest is 1"),
        ("id,label\n0,1\n1,10\n2,3\n", "line 3 has the label 10"),
        ("id,label\n0,1\n0,2\n2,3\n", "the id 0 is there twice (line 3)"),
        ("id,label\n0,1.0\n1,2\n2,3\n", "line 2 is '0,1.0'"),
        ("id,label\n0,cat\n1,2\n2,3\n", "two whole numbers"),
        ("id,label\n0,-1\n1,2\n2,3\n", "two whole numbers"),
        ("id,label\n0\n1,2\n2,3\n", "two whole numbers"),
        ("id,label\n0,1\n1,2\n2,¹\n", "two whole numbers"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(text, says):
    labels, problem = read_predictions(text, 3)
    assert labels == [] and says in problem and "\n" not in problem


def test_the_notebook_says_the_same(tmp_path):
    path = tmp_path / "p.csv"
    with pytest.raises(checks.CheckFailed, match="not there"):
        checks.predictions(str(path), 3)
    path.write_text(as_csv([1, 2]))
    with pytest.raises(checks.CheckFailed, match="2 rows"):
        checks.predictions(str(path), 3)
    checks.predictions(str(path), 2)


def outcome(monkeypatch, labels=None, guesses=None, mark="mark", weights=True, known=KNOWN):
    """What is concluded of a submission with these predictions, whose weights name `guesses`."""
    monkeypatch.setattr(conclude, "known_images", lambda *_: known)
    handin = {"r.json": json.dumps({"acc": 0.8, "data": mark}).encode()}
    if labels is not None:
        handin["predictions.csv"] = (labels if isinstance(labels, str) else as_csv(labels)).encode()
    executed = None
    if weights:
        handin["w.pt"] = b"x"
        value = {"kind": "none"}
        if guesses is not None:
            seen = np.asarray(guesses, "<i8")[shown_order(len(guesses), b"x")]
            data = base64.b64encode(seen.tobytes()).decode()
            value = {"kind": "array", "dtype": "int64", "shape": [len(guesses)], "as": "<i8", "data": data}
        record = {"name": "classes", "value": value, "rules": {"rtol": 0.0, "atol": 0.0}, "said": ""}
        cell = new_code_cell(id="q--evidence")
        cell.outputs = [new_output("display_data", {PROBE_MIME: record})]
        executed = nbformat.from_dict(new_notebook(cells=[cell]))
    return conclude.conclude(Course.find(), REQUEST, handin, executed, {})


@pytest.mark.parametrize(("wrong", "fraction"), [(0.2, 1.0), (0.25, 1.0), (0.28, 0.5), (0.31, 0.0)])
def test_predictions_that_the_weights_bear_out_give_their_band(monkeypatch, wrong, fraction):
    labels = wrong_in(wrong)
    found = outcome(monkeypatch, labels, labels[CHOSEN])
    assert (found.fraction, found.waits, found.agrees) == (fraction, False, True)


def test_a_few_other_classes_are_allowed_many_are_not(monkeypatch):
    labels = wrong_in(0.2)
    near, far = labels[CHOSEN].copy(), labels[CHOSEN].copy()
    near[:8], far[:20] = (near[:8] + 1) % 10, (far[:20] + 1) % 10
    assert outcome(monkeypatch, labels, near).fraction == 1.0
    found = outcome(monkeypatch, labels, far)
    assert (found.fraction, found.waits, found.agrees) == (0.0, True, False)
    assert "only 90% of 200 images" in found.text


@pytest.mark.parametrize(
    ("case", "says", "waits"),
    [
        ({"labels": None, "weights": False}, "none was handed in", False),
        ({"labels": None}, "but weights were", True),
        ({"labels": "id,label\n0,1\n"}, "1 rows below the header", False),
        ({"labels": wrong_in(0.2), "mark": "other"}, "another copy or order", True),
        ({"labels": wrong_in(0.2), "mark": None}, "images that nothing names", True),
        ({"labels": wrong_in(0.9)}, "that is chance: are they in the order", False),
        ({"labels": TRUTH}, "more than such a network reaches", True),
        ({"labels": wrong_in(0.2), "weights": False}, "without w.pt", True),
        ({"labels": wrong_in(0.2), "guesses": None}, "could not be tried", True),
        ({"labels": wrong_in(0.2), "known": None}, "no copy of the images", True),
    ],
)
def test_the_rest_earns_nothing_or_waits_with_its_reason(monkeypatch, case, says, waits):
    found = outcome(monkeypatch, **case)
    assert says in found.text and (found.fraction, found.waits) == (0.0, waits)
