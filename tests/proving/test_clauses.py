"""A proof names clauses that nothing breaks alone, and points that are lost to what no clause announces."""

import numpy as np
import pytest
from nbformat.v4 import new_notebook

from coursework.core.probes import Probe
from coursework.judging.values import scalar
from coursework.proving import clauses
from coursework.proving.matrix import Case, Result

CONTRACT = {"q1-1-f": {"value": "the sum", "arguments": "x stays as it is", "loop": "no loop over samples"}}
REFERENCE = {
    "q1-1-f--values": [
        Probe(name="f", value=scalar(np.float64(2))),
        Probe(name="f [arguments]", value=scalar(np.float64(2)), clause="arguments"),
    ]
}


def case(name: str, broken: dict[str, list[str]], expected: float = 0.0) -> Case:
    return Case("q1-1-f", name, expected, 4.0, new_notebook(), result=Result(expected, broken=broken))


WRONG = [case("00_all.py", {"q1-1-f--values": ["arguments", "value"]}), case("00_v.py", {"q1-1-f--values": ["value"]})]
RIGHT = case("04_right.py", {}, 4.0)


def problems(*cases: Case) -> list[str]:
    return clauses.problems(cases, CONTRACT, REFERENCE, ["q1-1-f"])


def test_a_clause_wants_an_answer_that_breaks_it_alone():
    killers = clauses.table([*WRONG, RIGHT], CONTRACT)["q1-1-f"]
    assert killers == {"value": ["00_v.py"], "arguments": [], "loop": []}
    assert problems(*WRONG, RIGHT) == [
        "q1-1-f: no wrong answer breaks the clause 'arguments' alone",
        "q1-1-f: no probe looks at the clause 'loop'",
    ]


@pytest.mark.parametrize(
    "broken, told",
    [
        (["again"], True),
        (["again", "fresh"], True),
        (["again", "value"], False),  # the points are lost to the value, too
        ([clauses.NOT_RUN], False),  # the test ended before its probes
    ],
)
def test_points_lost_to_what_is_not_announced(broken, told):
    found = [p for p in problems(*WRONG, case("00_odd.py", {"q1-1-f--values": broken})) if "00_odd" in p]
    assert bool(found) == told
    if told:
        assert found == [
            f"q1-1-f/00_odd.py: q1-1-f--values fails it by {', '.join(broken)}, which no clause of it announces"
        ]


def test_a_truth_value_wants_a_sentence():
    truth = Probe(name="holds", value=scalar(np.bool_(True)))
    pair = Probe(name="both", value={"kind": "list", "items": [truth.value] * 2})
    said = truth.model_copy(update={"law": "x is positive", "name": "said"})
    found = clauses.unsaid({"q1-1-f--a": [truth, pair, said], "q2-1-g--a": [truth]}, ["q1-1-f"])
    assert [line.split("'")[1] for line in found] == ["holds", "both"]
