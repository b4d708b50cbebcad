"""Damaged notebooks are graded, and an answer that is still in the file is in its place (see also docs/damage.md)."""

import random

import nbformat
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coursework.intake.repair import repair
from coursework.notebook.definitions import defined
from tests.support import damage
from tests.support.solutions import COURSE

ASSIGNMENT = "hw2-autodiff"
SKELETON = nbformat.read(COURSE.released(ASSIGNMENT), as_version=4)
WHOLE, IDS = damage.answered(COURSE, ASSIGNMENT)
WANTED = {c["id"]: c["source"] for c in WHOLE["cells"] if c["id"] in IDS}


def lines_of(text: str) -> str:
    """The text without blank lines and blanks at ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


def lost(raw: bytes, name: str, skip: tuple[str, ...] = ()) -> list[str]:
    """The answers that the repair did not put in their place."""
    nb, record = repair(raw, SKELETON, name)
    nbformat.validate(nb)
    assert record.gradable
    assert [c.id for c in nb.cells if c.id in {s.id for s in SKELETON.cells}] == [c.id for c in SKELETON.cells]
    if record.review and any(r.what == "torn" for r in record.repairs):
        return []  # two places are equally likely, and a human is asked
    got = {c.id: lines_of(c.source) for c in nb.cells}
    anywhere = "\n".join(got.values())

    def is_lost(identity: str) -> bool:
        """Not in its place; an answer without names of its own (a figure, a text) at least in the notebook."""
        wanted = lines_of(WANTED[identity])
        return wanted not in (got[identity] if defined(damage.STUBS[identity]) else anywhere)

    return [i for i in IDS if is_lost(i) and i != "file-name" and not i.endswith(skip)]


@pytest.mark.parametrize("name", sorted(damage.DAMAGES))
def test_each_damage_alone(name):
    for seed in range(3):
        dice = random.Random(seed)
        raw, file = damage.plain_file(damage.damaged(WHOLE, [name], dice, IDS), dice)
        assert lost(raw, file) == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
@example(6291)  # torn within a fence: the second half is indented
@example(83)  # torn, and another answer appended to the first half
@example(1529)  # typed beside, and another answer appended to the stub
@example(3037)  # typed beside, and torn there
@example(22744)  # two answers in a cell that became text
@example(29961)  # torn, and the second half moved away
def test_several_at_once(seed):
    dice = random.Random(seed)
    names = damage.combination(dice)
    raw, file = damage.plain_file(damage.damaged(WHOLE, names, dice, IDS), dice)
    assert lost(raw, file) == [], names


@pytest.mark.parametrize("name", sorted(damage.WRAPPINGS))
def test_each_kind_of_file(name):
    raw, file = damage.WRAPPINGS[name](WHOLE, random.Random(1))
    # A web page has lost the marks of emphasis in what is written; the words are there.
    assert lost(raw, file, ("-working", "-answer", "-stored") if name == "web_page" else ()) == []


@pytest.mark.parametrize("name", sorted(damage.LOSSES))
def test_what_is_gone_is_said(name):
    dice = random.Random(5)
    raw, file = damage.plain_file(damage.damaged(WHOLE, [name], dice, IDS), dice)
    assert len(lost(raw, file)) == 1
