"""Metadata is read into typed records; what an author misspells is refused with the nearest known key."""

import re

import pytest
from nbformat.v4 import new_code_cell

from coursework.core.cells import about_cell, grade_id_of, is_answer, is_given, is_test, item_of, question
from coursework.core.course import StaffError
from tests.support.course import meta

EVIDENCE = {"weights": "w.pt", "claim": ["r.json", 1], "needs": []}


@pytest.mark.parametrize(
    ("about", "says"),
    [
        ({"need": ["q1"]}, "coursework.need is not a key that exists: did you mean needs?"),
        ({"Skip": "slow"}, "coursework.Skip is not a key that exists: did you mean skip?"),
        ({"zzz": 1}, "coursework.zzz is not a key that exists: it may be needs, imports, without"),
        ({"evidence": EVIDENCE | {"band": []}}, "evidence.band is not a key that exists: did you mean bands?"),
        ({"evidence": EVIDENCE | {"curves": {"name": ["a"], "epochs": 3}}}, "curves.name"),
        ({"evidence": EVIDENCE | {"bands": [[75, 1]]}}, "coursework.evidence.bands.0.0: input should be less than"),
        ({"evidence": {"weights": "w.pt"}}, "coursework.evidence.claim: field required"),
        ({"needs": "q1-1-double"}, "coursework.needs: input should be a valid tuple"),
        ({"clauses": {"value": 3}}, "coursework.clauses.value: input should be a valid string"),
    ],
)
def test_a_wrong_key_or_value_is_named(about, says):
    cell = new_code_cell("rate = 0.1", metadata={"coursework": about})
    with pytest.raises(StaffError, match=re.escape(says)) as caught:
        about_cell(cell)
    assert "rate = 0.1" in str(caught.value)  # the first line, which Jupyter shows


@pytest.mark.parametrize("metadata", [{}, {"nbgrader": None}, {"nbgrader": []}, {"nbgrader": {"grade_id": 3}}])
def test_anything_in_place_of_metadata_is_no_role(metadata):
    cell = new_code_cell(metadata=metadata)
    assert grade_id_of(cell) == "" and not (is_answer(cell) or is_test(cell) or is_given(cell))


def test_roles_follow_nbgraders_fields():
    test = new_code_cell(metadata=meta("q2-1-mlp--forward", 3))
    given = new_code_cell(metadata=meta("setup"))
    answer = new_code_cell(metadata=meta("q2-1-mlp", solution=True))
    assert [is_test(c) for c in (test, given, answer)] == [True, False, False]
    assert [is_given(c) for c in (test, given, answer)] == [False, True, False]
    assert item_of(grade_id_of(test)) == grade_id_of(answer) and question("q3-1a-working") == "3.1a"
