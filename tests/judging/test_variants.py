"""Items that draw their numbers from the student's id: the tiny course, in which 1.2 has three rows."""

import math
import shutil
from itertools import combinations
from pathlib import Path

import nbformat
import numpy as np
import pytest

from coursework.authoring.release import make, release
from coursework.core import draws
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import read_json, write_json
from coursework.core.probes import Misconception
from coursework.grading import regrade
from coursework.grading.autograde import autograde
from coursework.grading.verdicts import verdict_of
from coursework.judging import drawn, proof, variants
from coursework.judging.inline import inline
from coursework.judging.reference import notebook
from coursework.proving.prove import prove
from tests.support.course import CONFIG, submit

TABLE = """
[q1-2-count]
solution = "ans_1_2 = weights + biases"
numbers = [
    { weights = 6000, biases = 585 },
    { weights = 4100, biases = 221 },
    { weights = 7300, biases = 164 },
]
[q1-2-count.texts]
title = [["# Tiny", "# Tiny, with numbers of your own"]]
"""
ROWS = (6585, 4321, 7464)
ON = "\nc.CourseworkSettings.variants = True\n"
ROSTER = "id,last,first,email,number\nada,Byron,Ada,a.byron@uni.example,1001\nbob,Bo,Bob,bob@uni.example,1002\n"


def by_row(row, item="q1-2-count", count=3):
    """An id that draws this row."""
    return next(name for name in map("s{}".format, range(99)) if draws.drawn(name, item, count) == row)


def with_table(course, table=TABLE, on=True, more=""):
    folder = course.variants("hw0-tiny") / "q1-2-count"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "variants.toml").write_text(table)
    (folder / "03_swapped.py").write_text("ans_1_2 = biases + weights\n")
    (folder / "00_weights.py").write_text("# misconception: The biases are missing.\nans_1_2 = weights\n")
    (course.root / "nbgrader_config.py").write_text(CONFIG + (ON if on else "") + more)
    return Course(course.root)


def test_a_table_has_no_effect_until_the_course_says_so(tiny):
    before = notebook(tiny, "hw0-tiny"), proof.fingerprint(tiny, "hw0-tiny")
    off = with_table(tiny, on=False)
    assert (notebook(off, "hw0-tiny"), proof.fingerprint(off, "hw0-tiny")) == before
    assert off.proof("hw0-tiny") == off.bank("hw0-tiny") / "proof.json" and variants.of(off, "hw0-tiny") is None
    on = with_table(tiny)
    assert proof.fingerprint(on, "hw0-tiny") != before[1]
    assert on.proof("hw0-tiny") == on.variants("hw0-tiny") / "proof.json"
    shutil.rmtree(on.variants("hw0-tiny"))
    assert (notebook(on, "hw0-tiny"), proof.fingerprint(on, "hw0-tiny")) == before


def test_the_release_tells_each_student_their_numbers_and_no_answer(tiny, capsys):
    course = with_table(tiny)
    release(course, "hw0-tiny", unproven=True)
    nb = nbformat.read(course.released("hw0-tiny"), as_version=4)
    order = [cell.id for cell in nb.cells]
    assert order[1:4] == ["setup", "setup-variants", "option-student-id"]
    assert order[order.index("q1-2-count") - 1] == "numbers-q1-2-count"
    text = course.released("hw0-tiny").read_text()
    assert "with numbers of your own" in text and not any(str(answer) in text for answer in ROWS)
    cells = {cell.id: cell.source for cell in nb.cells}
    assert cells["option-student-id"] == 'student_id = ""  # Last_First, as in the name of your file'
    for said, told in (("", "Write your id"), ("S 1", "Your numbers, drawn by the id S 1 (variant ")):
        scope = {}
        exec(cells["setup-variants"], scope)
        exec(cells["option-student-id"].replace('""', repr(said)), scope)
        exec(cells["numbers-q1-2-count"], scope)
        assert told in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("numbers = [", "numbers = ", "variants.toml is not TOML"),
        ("[q1-2-count]", "[q1-9-count]", "variants.toml is not|q1-9-count is not an answer of the notebook"),
        ("solution =", "solved =", "q1-2-count.solution: field required"),
        ("count.texts]", "count.text]", r"q1-2-count.text is not a key that exists: did you mean texts\?"),
        ("{ weights = 4100, biases = 221 }", "{ weights = 4100 }", "other names than weights, biases"),
        ("weights + biases\"", "weights +\"", "the solution is not Python"),
        ("# Tiny\"", "# Huge\"", "cell title does not say '# Huge' once"),
        ("221", "7000007", "cell numbers-q1-2-count shows the value of ans_1_2"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_one_line(tiny, old, new, said):
    table = TABLE.replace(old, new)
    if "q1-9" in new:
        table = table.replace("q1-2-count.texts", "q1-9-count.texts")
    if new == "7000007":  # a number of one row that is the answer of another
        table = table.replace("6000", "6585").replace("585 }", "0 }")
    with pytest.raises(StaffError, match=said):
        release(with_table(tiny, table), "hw0-tiny", unproven=True)


@pytest.mark.parametrize(
    ("before", "says"),
    [
        (False, "variants is on, but release/hw0-tiny/ was made without: switch it off"),
        (True, "variants is off, but release/hw0-tiny/ was made with: switch it on"),
    ],
)
def test_a_release_of_the_other_setting_is_said_before_anything_runs(tiny, monkeypatch, before, says):
    release(with_table(tiny, on=before), "hw0-tiny", unproven=True)
    course = with_table(tiny, on=not before)
    submit(course, "ada", read_notebook(course.released("hw0-tiny")))
    monkeypatch.setattr("coursework.grading.gradebook.reference", lambda *_: pytest.fail("it ran"))
    with pytest.raises(StaffError, match=says):
        autograde(course, "hw0-tiny")
    assert drawn.references(with_table(tiny), "hw0-tiny")  # the solutions themselves run with either


def test_ids_that_look_alike_draw_alike():
    assert draws.drawn("Müller_Jörg", "q", 97) == draws.drawn(" muller jorg ", "q", 97)
    counts = [0] * 8
    for number in range(800):
        counts[draws.drawn(f"u{number}", "q1-1-count", 8)] += 1
    assert min(counts) > 60
    text = inline("from coursework.core import draws  # inlined", "draws.numbers(1)", student=True)
    scope = {}
    exec(text, scope)
    assert "coursework" not in text and scope["draws"].numbers("q", [{"n": 1}], "x") is None


@pytest.fixture
def rows(tiny, monkeypatch):
    """(a course with a roster, what `draw` says of a student who writes an id), without a run of the solutions."""
    course = with_table(tiny, more='c.CourseworkSettings.roster = "roster.csv"\n')
    (course.root / "roster.csv").write_text(ROSTER)
    probe = {"name": "ans_1_2", "rules": {"rtol": 1e-5, "atol": 1e-8}}
    from coursework.core.probes import Probe
    from coursework.notebook.wire import as_wire

    known = [{"q1-2-count--value": [Probe(value=as_wire(answer), **probe)]} for answer in ROWS]
    monkeypatch.setattr(drawn, "references", lambda course, assignment: known)
    files = [f"q1-2-count/variant {n}/00.py" for n in (2, 3)]
    wrong = {"q1-2-count--value": [Misconception(file=file, sentence="", values={}, wrong=()) for file in files]}
    return course, lambda student, said="": drawn.draw(course, "hw0-tiny", student, said, known[0], wrong)


def test_what_the_roster_knows_of_the_owner_draws_and_nothing_else(rows):
    course, draw = rows
    assert draw("ada").rows["q1-2-count"] == draws.drawn("ada", "q1-2-count", 3)
    for said in ("A.Byron@uni.example", "a.byron", "1001", "Byron_Ada", "ada byron"):
        mine = draw("ada", said)
        assert mine.rows["q1-2-count"] == draws.drawn(said, "q1-2-count", 3) and not mine.doubt
    other = next(n for n in ("bob", "1002", "bob bo", "x", "y", "z") if draw("ada").rows != draw("ada", n).rows or
                 draws.drawn(n, "q1-2-count", 3) != draw("ada").rows["q1-2-count"])  # fmt: skip
    cheat, course_said = draw("ada", other), f"student_id = {other!r}, which is not a name of this student"
    assert cheat.rows == draw("ada").rows and course_said in cheat.doubt
    folder = course.submitted("ada", "hw0-tiny")
    folder.mkdir(parents=True)
    write_json(folder / "repair.json", {"student": "ada", "assignment": "hw0-tiny", "group": ["ada", "bob"]})
    assert draw("ada", "bob").rows["q1-2-count"] == draws.drawn("bob", "q1-2-count", 3)
    assert not draw("ada", "bob").doubt


def test_misconceptions_are_those_of_the_row_and_of_the_other_rows_answers(rows):
    _, draw = rows
    mine = draw(by_row(1))
    files = [one.file for one in mine.misconceptions["q1-2-count--value"]]
    assert files == ["q1-2-count/variant 2/00.py", "q1-2-count/the numbers of variant 1",
                     "q1-2-count/the numbers of variant 3"]  # fmt: skip
    assert "yours are weights = 4100, biases = 221 (variant 2, drawn by the id" in mine.misconceptions[
        "q1-2-count--value"][1].sentence  # fmt: skip
    assert drawn.claim(nbformat.v4.new_notebook()) == ""


def test_every_variant_is_proven_and_a_class_gets_its_own_numbers(tiny):
    course = with_table(tiny)
    found = prove(course, "hw0-tiny", only="q1-2-count")
    assert found.clean, found.surprises
    assert {c.variant for c in found.cases} == {0, 1, 2} and sum(c.variant == 2 for c in found.cases) == 3
    release(course, "hw0-tiny", unproven=True)
    own, neighbour, claims = by_row(1), f"{by_row(2)}_x", "bob"
    assert draws.drawn("bob", "q1-2-count", 3) is not None
    answers = {own: (own, ROWS[1]), neighbour: ("", None), claims: (by_row(0), ROWS[0])}
    theirs = draws.drawn(neighbour, "q1-2-count", 3)
    answers[neighbour] = (neighbour, ROWS[(theirs + 1) % 3])
    for student, (said, answer) in answers.items():
        nb = nbformat.read(course.released("hw0-tiny"), as_version=4)
        for cell in nb.cells:
            if cell.id == "q1-2-count":
                cell.source = f"ans_1_2 = {answer}"
            elif cell.id == "option-student-id":
                cell.source = f"student_id = {said!r}"
        submit(course, student, nb)
    assert autograde(course, "hw0-tiny").exit_code in (0, 3)
    verdicts = {student: verdict_of(course, "hw0-tiny", student) for student in answers}
    assert verdicts[own].cells["q1-2-count--value"].score == 3
    wrong = verdicts[neighbour].cells["q1-2-count--value"]
    assert wrong.score == 0 and "right for the numbers of somebody else" in wrong.message
    assert f"(variant {theirs + 1}, drawn by the id {neighbour})" in wrong.message
    bobs = draws.drawn("bob", "q1-2-count", 3)
    assert verdicts["bob"].cells["q1-2-count--value"].score == (3 if bobs == 0 else 0)
    assert bool(verdicts["bob"].reasons) == (bobs != 0)
    again = regrade.plan(course, "hw0-tiny", "q1-2-count")
    assert {c.student: c.new for c in again.changes} == {c.student: c.old for c in again.changes}
    graded = nbformat.read(course.autograded(own, "hw0-tiny") / "hw0-tiny.ipynb", as_version=4)
    shown = next(c.outputs[0].text for c in graded.cells if c.id == "numbers-q1-2-count")
    assert shown.startswith(f"weights = 4100, biases = 221 (variant 2, drawn by the id {own})")
    assert not any(row.fresh for row in autograde(course, "hw0-tiny").rows)


def test_rows_with_one_answer_and_a_first_row_of_its_own_are_problems(tiny):
    table = TABLE.replace("weights = 7300, biases = 164", "weights = 4000, biases = 321").replace("585", "586")
    course = with_table(tiny, table)
    (course.variants("hw0-tiny") / "q1-2-count" / "00_weights.py").unlink()
    from coursework.judging.reference import reference

    said = drawn.problems(course, "hw0-tiny", reference(course, "hw0-tiny"))
    assert said == [
        "q1-2-count--value: the first row of q1-2-count in variants/ does not give the answer of the source",
        "q1-2-count--value: variants 2 and 3 of q1-2-count have the same answer",
    ]
    assert read_json(course.variants("hw0-tiny") / "proof.json") is None


def hw1(row, item, about, text=None):
    """What an answer of this item defines, with the numbers of a row, as the set-up cell would let it."""
    import torch
    import torch.nn.functional as F

    scope = {"math": math, "np": np, "torch": torch, "nn": torch.nn, "F": F}
    exec(about.answer(row, text), scope)
    found = {name: value for name, value in scope.items() if name.startswith("ans_")}
    return {name: np.asarray([float(v) for v in (value if isinstance(value, tuple) else [value])])
            for name, value in found.items()}  # fmt: skip


def test_hw1_can_be_released_with_variants(tmp_path):
    here = Path(__file__).resolve().parents[2]
    for name in ("source", "bank", "variants"):
        shutil.copytree(here / name / "hw1-mlp", tmp_path / name / "hw1-mlp")
    config = (here / "nbgrader_config.py").read_text()
    (tmp_path / "nbgrader_config.py").write_text(config.replace("\nconfigure(c)", ON + "\nconfigure(c)"))
    course = Course(tmp_path)
    assert proof.missing(course, "hw1-mlp") == "hw1-mlp has no proof record (variants/hw1-mlp/proof.json)"
    with make(course, "hw1-mlp", unproven=True) as scratch:  # no row's answer is a number that a cell shows
        order = [cell.id for cell in scratch.notebook().cells]
    # a later part of it has a set-up of its own, below the first numbers
    numbers = [n for n, cell in enumerate(order) if cell.startswith("numbers-")]
    assert numbers and order.index("setup-variants") < order.index("option-student-id") < min(numbers)


def test_the_table_of_hw1_fits_its_source_and_gives_everybody_another_answer():
    course = Course(Path(__file__).resolve().parents[2])
    source = read_notebook(course.source("hw1-mlp"))
    table = variants.parsed((course.variants("hw1-mlp") / "variants.toml").read_text(), "hw1-mlp")
    nb = variants.applied(table, nbformat.from_dict(source), "hw1-mlp", "your id")
    said = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    assert all(new in said for item in table.items.values() for pairs in item.texts.values() for _, new in pairs)
    bank = variants.answers(course, "hw1-mlp")
    assert set(bank) == set(table.items)
    for item, about in table.items.items():
        given = next(cell.source for cell in source.cells if cell.id == item)
        want = hw1(0, item, variants.Item(solution=given, numbers=about.numbers))
        points = sum(c.metadata.nbgrader.points for c in source.cells if c.id.startswith(f"{item}--"))
        answers = [hw1(row, item, about) for row in range(len(about.numbers))]
        assert all(np.allclose(answers[0][name], value, atol=1e-8) for name, value in want.items())
        for name in want:
            values = [answer[name] for answer in answers]
            assert all(np.abs(a - b).max() > 2.1e-3 for a, b in combinations(values, 2)), (item, name)
        for row, right in enumerate(answers):
            for file, text in bank[item].items():
                got = hw1(row, item, about, text)
                wrong = [name for name in right if not np.allclose(got[name], right[name], rtol=0, atol=1e-3)]
                assert float(file.partition("_")[0]) == points * (1 - len(wrong) / len(right)), (item, row, file)
