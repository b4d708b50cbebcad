"""Judged by values only: no object, no forged record and no law of the student's own earns a point."""

import base64
import inspect

import nbformat
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from nbformat import v4

from coursework.core.probes import Emission, Misconception, Probe, Rules
from coursework.core.text import for_staff, for_students
from coursework.judging.causes import environment_reasons, without_a_gpu
from coursework.judging.differences import Versions
from coursework.judging.judge import judge_cell, judge_notebook
from coursework.judging.policy import refusals
from coursework.judging.probe import emissions, judge_probe
from coursework.judging.values import DEFAULT, compare, decode, signature, signature_matches, unjudgeable, well_formed
from coursework.notebook import calls, checks
from coursework.notebook.wire import PROBE_MIME, as_wire

CLOSE = {"rtol": 1e-5, "atol": 1e-8}
RULES = Rules(**CLOSE)


def record(name="f", value=1.0, rules=CLOSE, said=""):
    """A probe's record in a cell's outputs."""
    return {"name": name, "value": as_wire(value), "rules": rules, "said": said}


def probe(name="f", value=1.0, rules=CLOSE, **about):
    """What the reference emitted."""
    return Probe(name=name, value=as_wire(value), rules=Rules(**rules), **about)


def emission(name, value):
    return Emission(name, as_wire(value))


def known(wrong, values, sentence="Squared."):
    """A wrong answer of the bank."""
    values = {name: signature(as_wire(value)) for name, value in values.items()}
    return Misconception(file="i/00_x.py", sentence=sentence, values=values, wrong=wrong)


def cell(*records, points=4, error=None):
    outputs = [v4.new_output("display_data", {PROBE_MIME: r, "text/plain": ""}) for r in records]
    if error:
        outputs.append(v4.new_output("error", ename=error[0], evalue=error[1], traceback=[]))
    about = {"grade_id": "q1-1-a--b", "grade": True, "solution": False, "locked": True, "points": points}
    return v4.new_code_cell("", id="q1-1-a--b", metadata={"nbgrader": about}, outputs=outputs, execution_count=1)


arrays = hnp.arrays(
    st.sampled_from([np.float64, np.float32, np.int64, np.bool_]), hnp.array_shapes(min_dims=0, max_dims=3, max_side=4)
)


@given(arrays)
def test_the_wire_keeps_every_value(array):
    array = np.nan_to_num(array)
    assert np.array_equal(decode(as_wire(array)), array)
    assert compare(as_wire(array), as_wire(array), 1e-5, 1e-8) is None


@given(arrays, st.integers(0, 10**6))
def test_one_changed_entry_is_always_noticed(array, where):
    array = np.atleast_1d(np.nan_to_num(array, posinf=1, neginf=1))
    other = array.copy()
    position = where % array.size
    other.flat[position] = not other.flat[position] if array.dtype == bool else other.flat[position] * 2 + 3
    if np.isfinite(other.astype(float)).all() and not np.array_equal(array, other):
        assert compare(as_wire(array), as_wire(other), 1e-5, 1e-8) is not None


@pytest.mark.parametrize(
    ("want", "got", "rung"),
    [
        (1.0, None, 2),
        (1.0, "1.0", 5),
        (1.0, object(), 5),
        (1.0, float("nan"), 6),
        (1.0, 1.1, 10),
        (1, 1.0, None),
        (1, True, 5),
        (True, 1, 5),
        (np.ones(3), np.ones((3, 1)), 5),
        (np.ones(3, np.float32), np.ones(3), None),
        ((1, 2.0), [1, 2.0], None),
        ((1, 2), np.array([1, 2]), None),
        ((1, 2), (2, 1), 10),
        ((1, 2), (1, 2, 3), 5),
        ({"a": 1}, {"a": 1, "b": 2}, 5),
        ({"a": 1}, {"b": 1}, 5),
        ("x", "y", 5),
        (None, None, None),
        (None, 1, 5),
    ],
)
def test_the_ladder(want, got, rung):
    problem = compare(as_wire(want), as_wire(got), 1e-5, 1e-8)
    assert (problem[0] if problem else None) == rung
    if problem:
        assert "\n" not in problem[1]


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"kind": "array"},
        {"kind": "array", "as": "<f8", "shape": [2], "data": "AAAA"},
        {"kind": "array", "as": "<f8", "shape": [-1], "data": ""},
        {"kind": "array", "as": "O", "shape": [], "data": base64.b64encode(b"x" * 8).decode()},
        {"kind": "array", "as": "<f8", "shape": "x", "data": 3},
        {"kind": "list", "items": [3]},
        {"kind": "list", "items": None},
        {"kind": "nonsense"},
    ],
)
@pytest.mark.parametrize("want", [1.0, (1.0,), {"a": 1.0}, "x", None])
def test_malformed_values_are_wrong_and_harmless(value, want):
    assert compare(as_wire(want), value, 1e-5, 1e-8) is not None


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(["kind", "shape", "as", "data", "dtype", "items", "value", "type", "message"])
kinds = st.sampled_from(["array", "list", "dict", "raised", "text", "other", "none"])
near_misses = st.builds(lambda kind, rest: {"kind": kind, **rest}, kinds, st.dictionaries(fields, json_values))
WANTS = [1.0, np.ones((2, 3)), (1.0, 2), {"a": 1.0, "b": (1,)}, "x", None]


@settings(deadline=None)
@given(json_values | near_misses | st.builds(lambda v: {"kind": "list", "items": [v]}, near_misses))
def test_any_json_in_place_of_a_value_is_a_wrong_answer(value):
    misconceptions = [known(["a", "b"], {"a": want}, "S.") for want in WANTS if signature(as_wire(want))]
    for rules in (CLOSE, {"between": [5, 6]}, {"bands": [[5, 1.0]]}):
        for want in WANTS:
            forged = {"name": "a", "value": value, "rules": value, "said": value}
            references = [probe("a", want, rules), probe("b", 1.0)]
            verdict = judge_cell(cell(forged), references, "", misconceptions)
            assert verdict.score == 0 and len(verdict.message) < 1000
    if isinstance(value, dict):
        signature(value), signature_matches(signature(as_wire(1.0)), value, RULES)
        assert all(compare(as_wire(want), value, 1e-5, 1e-8) for want in WANTS[:4])


@pytest.mark.parametrize("shape", [5, None, "x", [float("inf")], [float("nan")], [10**40], [1.0], [True], [[1]], {}])
def test_a_forged_shape_is_a_wrong_answer(shape):
    forged = {"kind": "array", "as": "<f8", "shape": shape, "data": base64.b64encode(bytes(8)).decode()}
    for value in (forged, {"kind": "array", "shape": shape}):
        verdict = judge_cell(cell({"name": "a", "value": value}), [probe("a", np.zeros(1))], "", [])
        assert verdict.score == 0 and "\n" not in verdict.message


def test_what_is_read_of_a_forged_record_has_its_fields():
    (found,) = emissions(cell({"name": "a", "value": {"kind": "raised"}}))
    assert isinstance(found.value["type"], str) and isinstance(found.value["message"], str)


def test_full_points_only_when_every_probe_is_right():
    references = [probe("a", 1.0), probe("b", 2.0)]
    assert judge_cell(cell(record("a", 1.0), record("b", 2.0)), references, "", []).score == 4
    assert judge_cell(cell(record("a", 1.0), record("b", 3.0)), references, "", []).score == 0
    assert judge_cell(cell(record("a", 1.0)), references, "", []).score == 0
    assert judge_cell(cell(), references, "", []).score == 0


def test_a_cell_without_reference_is_worth_nothing():
    verdict = judge_cell(cell(record("a", 1.0)), [], "", [])
    assert verdict.score == 0 and "tell the staff" in verdict.message


def test_a_name_emitted_twice_is_not_believed():
    twice = cell(record("a", 3.0), record("a", 1.0))
    assert judge_cell(twice, [probe("a", 1.0)], "", []).score == 0


def test_the_students_own_law_does_not_count():
    lax = record("a", 5.0, {"rtol": 1e9, "atol": 1e9})
    assert judge_cell(cell(lax), [probe("a", 1.0)], "", []).score == 0
    banded = record("a", 5.0, {"bands": [[0, 1.0]]})
    assert judge_cell(cell(banded), [probe("a", 1.0)], "", []).score == 0


def test_bands_and_ranges():
    bands = {"bands": [[0.75, 1.0], [0.7, 0.5]]}
    for value, score in ((0.9, 4), (0.75, 4), (0.7, 2), (0.69, 0), (float("nan"), 0), ("0.9", 0)):
        assert judge_cell(cell(record("a", value)), [probe("a", 1.0, bands)], "", []).score == score
    between = {"between": [0, 1]}
    for value, score in ((0.5, 4), (1.5, 0), (None, 0), (np.ones(2), 0)):
        assert judge_cell(cell(record("a", value)), [probe("a", 1.0, between)], "", []).score == score


def test_an_error_that_cuts_off_a_probe_costs_the_cell():
    references = [probe("a", 1.0), probe("b", 1.0)]
    verdict = judge_cell(cell(record("a", 1.0), error=("KeyboardInterrupt", "")), references, "", [])
    assert verdict.score == 0 and "limit" in verdict.message


def test_a_blank_answer_is_told_no_more_than_that():
    blank = {"kind": "raised", "type": "NotImplementedError", "message": "", "args": []}
    with_law = probe("P", np.ones((2, 2))).model_copy(update={"law": "what the question asks for"})
    wants_error = probe("P", 1.0).model_copy(update={"value": {"kind": "raised", "type": "ValueError"}})
    for reference in (with_law, wants_error):
        assert judge_probe(reference, Emission("P", blank), "").message == "P: not answered yet."
    verdict = judge_cell(cell(error=("NotImplementedError", "")), [with_law], "", [], shown=1)
    assert verdict.message == "P: not answered yet."


def test_the_visible_check_speaks_unless_a_misconception_is_recognised():
    misconceptions = [known(["a"], {"a": 4.0})]
    for value, message in ((4.0, "a: Squared."), (5.0, "rows must sum to 1")):
        failed = cell(record("a", value), error=("CheckFailed", "rows must sum to 1"))
        shown = len(failed.outputs)
        assert judge_cell(failed, [probe("a", 2.0)], "", misconceptions, shown).message == message


def test_what_was_raised_is_told():
    raised = {
        "name": "a",
        "value": {"kind": "raised", "type": "KeyError", "message": "'x'"},
        "rules": CLOSE,
        "said": "",
    }
    verdict = judge_cell(cell(raised), [probe("a", 1.0, said="called with 3")], "", [])
    assert verdict.message == "a (called with 3): your code raised KeyError."
    assert verdict.staff == "a (called with 3): your code raised KeyError: 'x'."


SECRET = "x = np.random.default_rng(7)"  # of a hidden test


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ({"kind": "raised", "type": "KeyError", "message": SECRET}, None),
        ({"kind": "raised", "type": "NameError", "message": SECRET}, None),
        ({"kind": "raised", "type": SECRET, "message": ""}, None),
        ({"kind": "other", "type": SECRET}, None),
        ({**as_wire(3), "dtype": "random.default_rng_7"}, None),
        ({"kind": "dict", "items": {"switches": as_wire(1), "turned": as_wire(SECRET)}}, None),
        (None, ("ValueError", SECRET)),
        (None, (SECRET, "")),
        (None, ("CheckFailed", SECRET)),
        (as_wire(3.0), ("CheckFailed", SECRET)),
    ],
)
@pytest.mark.parametrize("wanted", ["number", "switches", "error"])
def test_what_a_students_process_says_in_the_hidden_part_reaches_staff_alone(value, error, wanted):
    reference = probe("a", 1.0)
    if wanted == "switches":
        reference = probe("a", {"switches": 0}, {"at_most": True}, clause="model")
    if wanted == "error":
        raised = {"kind": "raised", "type": "TypeError", "message": ""}
        reference = Probe(name="a", value=raised, rules=RULES)
    mine = [] if value is None else [{"name": "a", "value": value, "rules": CLOSE, "said": ""}]
    verdict = judge_cell(cell(*mine, error=error), [reference], "", [])
    told = " ".join([verdict.message, *(f.message for f in verdict.checks)])
    assert verdict.score == 0 and "default_rng" not in told and "⟦" not in told
    if value is None and error[0] != "CheckFailed":
        assert SECRET in verdict.staff


@pytest.mark.parametrize(
    ("name", "law", "message"),
    [
        ("f [fresh]", "", "f: its results share memory 0 and 1, so that changing one changes the other."),
        ("both", "its results are two arrays.", "both: this does not hold: its results are two arrays."),
    ],
)
def test_the_sentence_of_a_clause_is_said_of_what_check_call_emits(name, law, message):
    value = as_wire({"0 and 1": 0}) if not law else as_wire(True)
    rules = Rules(at_most=True) if not law else RULES
    reference = Probe(name=name, value=value, rules=rules, clause="fresh", law=law)
    got = {"0 and 1": 1} if not law else False
    assert judge_cell(cell(record(name, got)), [reference], "", []).message == message


def test_a_known_wrong_answer_gets_its_sentence():
    wrong = np.array([1.0, 4.0, 9.0])
    misconceptions = [known(["a"], {"a": wrong})]
    reference = probe("a", np.array([2.0, 4.0, 6.0]))
    assert judge_cell(cell(record("a", wrong)), [reference], "", misconceptions).message == "a: Squared."
    other = judge_cell(cell(record("a", wrong + 1)), [reference], "", misconceptions)
    assert "inaccurate" in other.message and "[" not in other.message


@pytest.mark.parametrize("wrong", [{"W": 4.0, "b": [1.0, 2.0]}, [4.0, {"b": 2.0}], (np.ones(3), 4.0)])
def test_a_signature_also_matches_what_was_read_from_a_notebook(wrong):
    short, read = signature(as_wire(wrong)), nbformat.from_dict({"value": as_wire(wrong)}).value
    assert signature_matches(short, read, RULES)
    assert not signature_matches(short, nbformat.from_dict(as_wire([5.0, 6.0])), RULES)


@pytest.mark.parametrize("empty", [[], {}])
def test_what_is_empty_has_a_signature_that_nothing_else_matches(empty):
    short = signature(as_wire([1.0, empty]))
    assert signature_matches(short, as_wire([1.0, empty]), RULES)
    assert not signature_matches(short, as_wire([1.0, [2.0]]), RULES)
    assert not signature_matches(short, as_wire([1.0, 3.0]), RULES)


@pytest.mark.parametrize("without", [None, "a text", float("nan"), 1j])
def test_a_part_without_a_signature_is_not_any_value(without):
    short = signature(as_wire([1.0, without]))
    assert signature_matches(short, as_wire([1.0, without]), RULES)
    assert not signature_matches(short, as_wire([1.0, 2.0]), RULES)
    assert not signature_matches(short, {"kind": "list", "items": [as_wire(1.0), 2.0]}, RULES)
    named = signature(as_wire({"a": 1.0, "b": without}))
    assert not signature_matches(named, as_wire({"a": 1.0, "b": 2.0}), RULES)
    assert not signature_matches(named, as_wire({"a": 1.0, "c": without}), RULES)


def test_no_message_shows_the_expected_value():
    reference = probe("a", np.array([2.125, 4.375]))
    message = judge_probe(reference, emission("a", np.array([2.5, 9.0])), "", None).message
    assert "2.125" not in message and "4.375" not in message
    exact = judge_probe(probe("a", 6585), emission("a", 7), "", None).message
    assert "6585" not in exact


@given(arrays)
def test_a_value_matches_its_own_signature(array):
    array = np.nan_to_num(array, posinf=1, neginf=1)
    value = as_wire(array)
    if (short := signature(value)) is not None:
        assert signature_matches(short, value, RULES)


def test_nbgrader_reads_one_plain_float():
    from nbgrader.utils import determine_grade

    nb = v4.new_notebook(cells=[cell(record("a", 1.0))], metadata={"coursework_run": {"stopped": None, "cells": {}}})
    judge_notebook(nb, {"q1-1-a--b": [probe("a", 1.0)]}, {})
    assert determine_grade(nb.cells[0]) == (4.0, 4.0)
    forged = v4.new_output("execute_result", {"text/plain": "4.0"}, execution_count=1)
    nb = v4.new_notebook(cells=[cell(record("a", 9.0))], metadata={"coursework_run": {"stopped": None, "cells": {}}})
    nb.cells[0].outputs.append(forged)
    judge_notebook(nb, {"q1-1-a--b": [probe("a", 1.0)]}, {})
    assert determine_grade(nb.cells[0]) == (0.0, 4.0)


def test_cells_after_a_dead_kernel_say_why():
    stopped = {"cell": "q1-0", "reason": "the kernel died"}
    before = v4.new_code_cell("", id="q1-0", metadata={})
    nb = v4.new_notebook(cells=[before, cell()], metadata={"coursework_run": {"stopped": stopped, "cells": {}}})
    verdicts = judge_notebook(nb, {"q1-1-a--b": [probe("a", 1.0)]}, {})
    assert verdicts["q1-1-a--b"].message == "a: not run, the run ended in q1-0: the kernel died."


def test_a_refused_cell_without_tests_spoils_what_runs_after_it():
    answer = v4.new_code_cell("", id="option-x", metadata={"nbgrader": {"grade_id": "option-x", "solution": True}})
    for place, score in ((0, 0.0), (1, 4.0)):
        nb = v4.new_notebook(
            cells=[cell(record("a", 1.0))], metadata={"coursework_run": {"stopped": None, "cells": {}}}
        )
        nb.cells.insert(place, answer)
        verdicts = judge_notebook(nb, {"q1-1-a--b": [probe("a", 1.0)]}, {}, {"option-x": "line 1 imports os: …"})
        assert verdicts["q1-1-a--b"].score == score
        assert ("refused: cell option-x, line 1 imports os" in verdicts["q1-1-a--b"].message) == (place == 0)


def code(text, grade_id=None, test=False, **coursework):
    """A code cell: a scratch cell of the student's, an answer, or a test."""
    about = {"grade_id": grade_id, "solution": not test, "grade": test, "locked": test} if grade_id else {}
    if grade_id == "setup":
        about |= {"solution": False, "locked": True}
    metadata = ({"nbgrader": about} if about else {}) | ({"coursework": coursework} if coursework else {})
    return v4.new_code_cell(text, id=grade_id or f"extra-{abs(hash(text))}", metadata=metadata)


def refused(*own, answer="def f(x):\n    return T.relu(x)", after=()):
    """Why an answer in a NumPy-only notebook is refused, with cells of the student's own before and after it."""
    given, tests = code("import numpy as np\ndef given(): pass", "setup"), code("f(1)", "q1-1-f--values", test=True)
    source = v4.new_notebook(cells=[given, code("", "q1-1-f"), tests], metadata={"coursework": {"imports": ["numpy"]}})
    mine = [code(text) for text in own], [code(text) for text in after]
    nb = v4.new_notebook(cells=[given, *mine[0], code(answer, "q1-1-f"), *mine[1], tests])
    return refusals(source, nb).get("q1-1-f", "")


@pytest.mark.parametrize(
    "own",
    [
        ["import torch as T"],
        ["T = 1", "import torch as T"],
        ["from torch.nn import functional as F", "T = F"],
        ["%time import torch as T"],
        ["exec('import torch as T')"],
        ["import torch\nclass T:\n    relu = torch.relu"],
    ],
)
def test_what_an_answer_borrows_from_a_scratch_cell_keeps_the_same_rule(own):
    assert refused(*own).startswith("uses T from a cell of your own, where line 1 ")
    assert refused(after=own).startswith("uses T from a cell of your own, where line 1 ")


def test_a_patched_library_is_borrowed_too():
    assert refused("import torch\nnp.relu = torch.relu", answer="def f(x):\n    return np.relu(x)")


@pytest.mark.parametrize(
    "own",
    [
        ["import torch\nx = torch.ones(3)\nprint(x)"],
        ["import numpy as np, torch\nnp.allclose(torch.ones(1), np.ones(1))"],
        ["%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1])"],
        ["import math\ndef helper(x):\n    return math.exp(x)", "import torch"],
        ["import torch", "def helper(x):\n    return x"],
        ["import torch\nhelper = torch.relu", "def helper(x):\n    return np.abs(x)"],
    ],
)
def test_scratch_cells_are_fine_as_long_as_no_answer_needs_them(own):
    answer = "def f(x):\n    y = np.abs(x)\n    given()\n    return [len(y) for t in y]"
    assert refused(*own, answer=answer) == "" and refused(answer=answer, after=own) == ""
    if "helper" in own[-1] or "helper" in own[0]:
        assert refused(*own, answer="def f(x):\n    return helper(x)") == ""


@settings(deadline=None)
@given(st.text(alphabet="T=\n%!?()[]'\"\\ :#ü\x00def1", max_size=40))
def test_any_text_may_stand_in_a_scratch_cell(text):
    refused("import torch as T", text)
    refused(text, after=["import torch"], answer=text)


def test_a_known_misconception_is_recognised_in_a_range_too():
    value = as_wire(0.3)
    assert signature_matches(signature(value), value, Rules(between=(20, 40)))
    assert not signature_matches(signature(value), as_wire(0.4), Rules(between=(20, 40)))


def test_a_dtype_is_a_name_and_no_place_for_a_hidden_test():
    made_up = {**as_wire(np.ones(2)), "dtype": "x = np.random.default_rng(7)\ncheck.probe('double')"}
    message = judge_probe(probe("a", np.ones(3)), Emission("a", well_formed(made_up)), "", None).message
    assert "default_rng" not in message and "(2,)" in message


@pytest.mark.parametrize("got", [1_000_005, 1_000_001.0, np.array(999_999)])
def test_a_count_is_right_or_wrong_whatever_its_size(got):
    """A tolerance relative to a large count would accept many others."""
    assert compare(as_wire(1_000_000), as_wire(got), *DEFAULT)
    assert compare(as_wire(1_000_000), as_wire(got), 1e-4, 0.0) is None  # the probe says otherwise
    assert compare(as_wire(1_000_000), as_wire(1_000_000.0 + 1e-6), *DEFAULT) is None
    assert compare(as_wire(1_000_000.0), as_wire(1_000_005), *DEFAULT) is None
    wrong = compare(as_wire(np.arange(10**6, 10**6 + 6)), as_wire(np.arange(10**6, 10**6 + 6)[::-1].copy()), *DEFAULT)
    assert wrong and wrong[1] == "6 of 6 integers are not right"


@pytest.mark.parametrize("value", [object(), [[[[1.0]]]], {"a": object()}, [1, len]])
def test_what_is_known_by_its_type_alone_equals_nothing(value):
    assert unjudgeable(as_wire(value)) and compare(as_wire(value), as_wire(value), *DEFAULT)
    assert not unjudgeable(as_wire([1.0, {"a": "b", "c": None}]))


def test_the_default_tolerance_is_that_of_the_notebooks():
    for function in (checks.probe, calls.call):
        given = inspect.signature(function).parameters
        assert (given["rtol"].default, given["atol"].default) == DEFAULT


def test_a_misconception_is_named_only_where_it_explains_all_that_fails():
    squared = known(["a"], {"a": 4.0})
    references = [probe("a", 2.0), probe("b", 1.0)]
    named = judge_cell(cell(record("a", 4.0), record("b", 1.0)), references, "", [squared])
    assert named.message == "a: Squared." and named.checks[0].misconception == squared.file
    for other in (record("b", 7.0), record("c", 1.0)):
        verdict = judge_cell(cell(record("a", 4.0), other), references, "", [squared])
        assert "Squared" not in verdict.message and not verdict.checks[0].misconception


def test_a_misconception_is_taken_back_where_another_test_of_its_item_fails():
    squared = known(["a"], {"a": 4.0})
    for other, message in ((1.0, "a: Squared."), (7.0, "a: the value is not right.")):
        first, second = cell(record("a", 4.0)), cell(record("c", other))
        second.id = second.metadata.nbgrader.grade_id = "q1-1-a--c"
        reference = {"q1-1-a--b": [probe("a", 2.0)], "q1-1-a--c": [probe("c", 1.0)]}
        nb = v4.new_notebook(cells=[first, second])
        verdicts = judge_notebook(nb, reference, {"q1-1-a--b": [squared]})
        assert verdicts["q1-1-a--b"].message == message
        assert first.outputs[0]["data"]["text/plain"] == message


def test_a_misconception_is_named_only_where_all_tests_that_it_fails_fail_alike():
    """A stored inverse has no gradient (test b) and is out of date (test c); a detached one has no gradient only."""
    references = {"q1-1-a--b": [probe("a", 2.0)], "q1-1-a--c": [probe("c", 1.0)]}

    def entry(name, test, value):
        return known([test], {test: value}).model_copy(update={"file": name})

    misconceptions = {
        "q1-1-a--b": [entry("stored", "a", 4.0), entry("detached", "a", 4.0)],
        "q1-1-a--c": [entry("stored", "c", 7.0), entry("kept", "c", 7.0)],
    }
    for a, c, told in ((4.0, 7.0, ["stored", "stored"]), (4.0, 1.0, ["detached", None]), (2.0, 7.0, [None, "kept"])):
        second = cell(record("c", c))
        second.id = second.metadata.nbgrader.grade_id = "q1-1-a--c"
        verdicts = judge_notebook(v4.new_notebook(cells=[cell(record("a", a)), second]), references, misconceptions)
        assert [v.checks[0].misconception for v in verdicts.values()] == told


def test_what_a_library_raised_is_recognised_and_what_names_the_students_things_is_not():
    twice = {"kind": "raised", "type": "RuntimeError", "message": "Trying to backward through the graph a second time."}
    assert signature_matches(signature(twice), twice, RULES)
    assert not signature_matches(signature(twice), {**twice, "message": "no"}, RULES)
    assert signature({"kind": "raised", "type": "NameError", "message": "name 'x' is not defined"}) is None


def failing(ename, evalue, traceback=()):
    about = {"grade_id": "q1-1-a", "solution": True, "grade": False, "locked": False}
    output = v4.new_output("error", ename=ename, evalue=evalue, traceback=list(traceback))
    answer = v4.new_code_cell(
        "x = 1\nimport torchinfo", id="q1-1-a", metadata={"nbgrader": about}, outputs=[output], execution_count=1
    )
    return v4.new_notebook(cells=[answer, cell(error=("NameError", "name 'f' is not defined"))])


@pytest.mark.parametrize(
    ("ename", "evalue", "python", "review"),
    [
        ("ModuleNotFoundError", "No module named 'torchinfo'", "", True),
        ("SyntaxError", "f-string: expecting '}'", "3.99", True),
        ("SyntaxError", "invalid syntax", "3.8", False),
        ("UsageError", "Cell magic `%%strange` not found.", "", True),
        ("AssertionError", "Torch not compiled with CUDA enabled", "", True),
        ("RuntimeError", "PyTorch is not linked with support for mps devices", "", True),
        ("ZeroDivisionError", "division by zero", "", False),
    ],
)
def test_the_true_reason_is_said_where_the_answers_cell_fails(ename, evalue, python, review):
    nb = failing(ename, evalue, ["\x1b[31m----> 2\x1b[0m import torchinfo"])
    found = environment_reasons(nb, Versions(python))
    assert bool(found) == review
    verdict = judge_notebook(nb, {"q1-1-a--b": [probe("f", 1.0)]}, {})["q1-1-a--b"]
    assert verdict.message.startswith(f"the cell of your answer failed: {ename}")
    assert "(line 2: `import torchinfo`)" in verdict.message and evalue in (verdict.staff or verdict.message)
    assert "⟦" not in verdict.message + verdict.staff + "".join(found)
    assert evalue not in verdict.message or ename == "ModuleNotFoundError"  # a process may say what a hidden test holds


def test_an_answer_that_asks_for_a_gpu_in_a_test_needs_review():
    def verdicts(said):
        nb = v4.new_notebook(cells=[cell(error=("CheckFailed", said))])
        return judge_notebook(nb, {"q1-1-a--b": [probe("f", 1.0)]}, {})

    with pytest.raises(checks.CheckFailed) as told:
        checks.like("f", lambda: (_ for _ in ()).throw(RuntimeError("Found no NVIDIA driver on your system.")))
    assert "use the device of the model" in str(told.value) and "driver" not in str(told.value)
    assert without_a_gpu(verdicts(str(told.value))) == ["the code asks for a GPU, and the grader has none: q1-1-a--b"]
    assert not without_a_gpu(verdicts("f: your code raised ValueError."))


def test_the_better_of_two_runs_counts_and_says_why():
    nb = v4.new_notebook(cells=[cell(record("f", 2.0))])
    nb.metadata.coursework_run = {
        "again": {"q1-1-a--b": cell(record("f", 1.0)).outputs},
        "overwritten": {"own": ["len"]},
    }
    assert judge_notebook(nb, {"q1-1-a--b": [probe("f", 1.0)]}, {})["q1-1-a--b"].score == 4
    assert "`len`" in nb.metadata.coursework_run["cells"]["own"]


def test_a_dictionary_holds_what_is_asked_for_and_no_more():
    want, more = as_wire({"a": 1.0}), as_wire({"a": 1.0, "secret": 2.0})
    assert compare(want, as_wire({"a": 1.0}), 1e-5, 1e-8) is None
    rung, text = compare(want, more, 1e-5, 1e-8)
    assert rung == 5 and for_students(text) == "1 entry too many in the dictionary" and "secret" in for_staff(text)
