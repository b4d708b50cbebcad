"""Every hand-graded answer has a mark scheme that can be read, and its points add up."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import nbformat
import pytest

from coursework.core.cells import is_by_hand
from coursework.core.rubrics import Earned, Scheme, earned, scheme, schemes
from tests.support.course import tiny_source

SOURCES = sorted(Path(__file__).resolve().parents[2].glob("source/*/*.ipynb"))


def marked(text: str) -> str:
    return f"**1.1** Why?\n\n=== BEGIN MARK SCHEME ===\n{text}\n=== END MARK SCHEME ===\nmore"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.stem)
def test_the_points_of_every_scheme_add_up(path):
    nb = nbformat.read(path, as_version=4)
    found = schemes(nb)
    items = {c.metadata.nbgrader.grade_id: float(c.metadata.nbgrader.points) for c in nb.cells if is_by_hand(c)}
    assert found.keys() == items.keys()
    for grade_id, one in found.items():
        assert set(one.options.values()) == {items[grade_id]} and one.points == items[grade_id], grade_id


EVERY_FORM = """- 3 — the sum, 0.62
- 0.5 – a sign:
  it is a minus
- 1½ points — why
½ - so

Accept −1. Look for: 6500 (no biases; none), 31; the log to base 10. A remark is welcome; it earns nothing."""
CHOICE = """a: six.
- 2 — floor
- 1 — role
Look for: 7, 5 (padding, once), only 576.

**b:**
- 3 — no"""


def test_lines_and_what_to_look_for():
    one = scheme(marked(EVERY_FORM))
    assert one == Scheme(
        ((3.0, "the sum, 0.62"), (0.5, "a sign: it is a minus"), (1.5, "why"), (0.5, "so")),
        ("6500 (no biases; none)", "31", "the log to base 10"),
    )
    assert one.points == 5.5
    with pytest.raises(FrozenInstanceError):
        one.lines = ()


def test_the_options_of_a_choice():
    one = scheme(marked(CHOICE))
    assert one is not None and one.options == {"a": 3.0, "b": 3.0} and one.points == 3.0
    assert one.lines[2] == (3.0, "(b) no")
    assert one.look_for == ("(a) 7", "(a) 5 (padding, once)", "(a) only 576")
    assert one.shape == "a: 2 + 1; b: 3" and scheme(marked(EVERY_FORM)).shape == "3 + 0.5 + 1.5 + 0.5"


def test_what_is_no_scheme():
    assert scheme("- 2 — a list in prose") is None
    assert scheme(marked("Only a note, 3 lines long.")) is None
    assert scheme("=== BEGIN MARK SCHEME ===\n- 2 — never closed") is None


def test_a_scheme_belongs_to_the_next_answer_by_hand_alone():
    nb = tiny_source()
    assert schemes(nb) == {"q1-3-why": Scheme(((2.0, "because one and one is two"),), ())}
    second = nbformat.from_dict(nb.cells[-1])
    second.metadata.nbgrader.grade_id = "q1-4-why"
    nb.cells.append(second)
    assert list(schemes(nb)) == ["q1-3-why"]


def test_a_comment_as_the_buttons_write_it():
    marks, rest = earned("✓ 2 · the sum · twice\n✗ 0 of 2 · a sign\n◐ 0,5 of 1 · why\n\n✓ well done\n2 · no sign\n")
    assert marks == [Earned(2, 2, "the sum · twice"), Earned(0, 2, "a sign"), Earned(0.5, 1, "why")]
    assert rest == ["✓ well done", "2 · no sign"] and earned("") == ([], [])
