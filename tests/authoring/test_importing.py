"""Plain nbgrader assignments come in cell by cell, and score as they did."""

import re
from functools import cache

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_notebook
from typer.testing import CliRunner

from coursework.authoring import importing, release
from coursework.authoring.tests_of import TestCell
from coursework.cli.commands import app
from coursework.core.cells import about_cell, grade_id_of, is_asserted, is_test
from coursework.core.course import Course, StaffError
from coursework.core.probes import Emission
from coursework.judging.probe import judge_probe
from coursework.judging.reference import reference
from coursework.notebook.wire import as_wire
from tests.support import plain


def read(name: str, tmp_path_factory) -> importing.Builder:
    """One of the five, as it is read before its solution is run."""
    folder = plain.write(tmp_path_factory.mktemp("theirs"), name)
    return importing.Builder(importing.read(folder / f"{name}.ipynb"), name, sorted(plain.ALL[name].files))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return {name: (found := read(name, tmp_path_factory), found.notebook()) for name in plain.ALL}


def kept(found: importing.Builder) -> dict[str, str]:
    return {row.before: row.why for row in found.report() if row.what == "kept"}


def test_a_quickstart_is_converted_whole(built):
    found, nb = built["cubes"]
    assert {row.before: row.what for row in found.report()} == {
        "cubes": "answer", "cell 5": "given", "right_cubes": "converted", "no_negative_cubes": "converted",
        "sum_cubes": "answer", "right_sum": "converted", "uses_cubes": "converted", "formula": "by hand",
        "try-it": "by hand",
    }  # fmt: skip
    by_id = {c.id: c for c in nb.cells}
    assert about_cell(by_id["q2-sum-cubes"]).needs == ("q1-cubes",)
    assert about_cell(by_id["given-1"]).skip
    assert "assert cubes(1) == [1]" in by_id["q1-cubes--right-cubes"].source.partition("### BEGIN HIDDEN")[0]
    assert nb.metadata.coursework.points == 8 and not any(map(is_asserted, nb.cells))


def test_what_nbgrader_itself_documents_is_converted_whole(built):
    for name, tests in (("quickstart", 4), ("autotests", 5)):
        found, nb = built[name]
        whats = [row.what for row in found.report()]
        assert whats.count("converted") == tests and not {"kept", "refused"} & set(whats)
        assert whats.count("by hand") == 3 and not any(map(is_asserted, nb.cells))
    by_id = {c.id: c.source for c in built["autotests"][1].cells}  # of another item's test, within an autotest
    assert "def test_func_throws" in by_id["q2-sum-of-squares--sum-of-squares-uses-squares"]


def test_each_style_has_its_reasons(built):
    said = {name: why for found, _ in built.values() for name, why in kept(found).items()}
    assert set(said) == {"scale_is_linear", "roots_partial", "halve_by_cases", "halve_again", "letters_set"}
    assert "both sides are the student's" in said["scale_is_linear"]
    assert "a test of the teacher's own" in said["halve_by_cases"]
    assert all("decided in the student's process" in why for why in said.values())
    assert not [r for found, _ in built.values() for r in found.report() if r.what == "refused"]


def test_a_kept_test_brings_the_helpers_of_earlier_tests(built):
    again = next(c.source for c in built["roots"][1].cells if c.id.endswith("--halve-again"))
    assert "def by_cases" in again


def test_a_hidden_test_does_not_say_its_inputs(built):
    source = next(c.source for c in built["heights"][1].cells if c.id.endswith("spread-of-heights"))
    names = re.findall(r"check\.probe\('([^']*)', lambda", source)
    assert names == ["spread(heights)", "spread(heights) #2", "spread, hidden test"]


@pytest.mark.parametrize(
    ("assertion", "probe"),
    [
        ("assert f(2) == 4", "check.probe('f(2)', lambda: f(2))"),
        ("assert 4 == f(2)", "check.probe('f(2)', lambda: f(2))"),
        ("assert f(2) is None", "check.probe('f(2)', lambda: f(2))"),
        ("assert f(2)", "check.probe('f(2)', lambda: bool(f(2)), law='f(2) is true')"),
        ("assert not f(2)", "check.probe('f(2)', lambda: bool(f(2)), law='f(2) is false')"),
        ("assert abs(f(2) - 4) < 0.1", "check.probe('abs(f(2) - 4)', lambda: abs(f(2) - 4), between=(0, 0.1))"),
        ("assert 3 < f(2) <= 5", "check.probe('f(2)', lambda: f(2), between=(3, 5))"),
        ("assert 3 < f(2)", "check.probe('f(2)', lambda: f(2), between=(3, 1e308))"),
        ("assert not f(2) > 5", "check.probe('f(2)', lambda: f(2), between=(-1e308, 5))"),
        ("assert (f(2) == 4).all()", "check.probe('f(2)', lambda: f(2))"),
        ("assert np.array_equal(f(2), [4])", "check.probe('f(2)', lambda: f(2))"),
        ("y = f(2)\nassert len(y) == 4", "check.probe('len(y)', lambda: len(y))"),
        ("np.testing.assert_equal(f(2), 4)", "check.probe('f(2)', lambda: f(2))"),
        ("case.assertTrue(f(2) == 4)", "check.probe('f(2)', lambda: f(2))"),
        ("np.testing.assert_almost_equal(f(2), 4, 3)", "rtol=0, atol=1.5 * 10 ** -(3))"),
        ("case.assertAlmostEqual(f(2), 4, places=3)", "rtol=0, atol=0.5 * 10 ** -(3))"),
        ("assert math.isclose(f(2), 4, rel_tol=0.1)", "rtol=0.1, atol=0)"),
        ("assert np.isclose(f(2), 4).all()", "rtol=1e-05, atol=1e-08)"),
        ("torch.testing.assert_close(f(2), t)", "check.probe('dtype of f(2)', lambda: str(f(2).dtype))"),
        ("assert f(2) == approx(4, abs=1)", "rtol=1e-06, atol=1)"),
        ("assert_raises(ValueError, f, 0)", "lambda: _raises(ValueError, lambda: f(0))"),
        ("with pytest.raises(ValueError):\n    f(0)", "lambda: _raises(ValueError, lambda: f(0))"),
        ("try:\n    f(0)\n    assert False\nexcept ValueError:\n    pass", "lambda: _raises(ValueError, lambda: f(0))"),
        ("for x in (1, 2):\n    assert f(x) == x", "check.probe(_name, lambda: f(x))"),
        ("x = [2]\nf(x)\nassert x == [4]", "check.probe('x', lambda: x)"),
        ("### AUTOTEST f(2)", "check.probe('f(2)', lambda: f(2))"),
        ("S = f(2)\nassert_allclose(S.sum(axis=1), 1.0)", "lambda: S.sum(axis=1), rtol=1e-07, atol=0)"),
        ("S = f(2)\nassert_allclose(S.sum(axis=1), np.ones(len(S)))", " [wanted]', lambda: np.ones(len(S)), clause="),
        ("S = f(2)\nassert np.all(S >= 0)", "lambda: bool(np.all(S >= 0)), law='np.all(S >= 0) is true')"),
        ("assert np.array_equal(f(2), np.zeros(f(2).shape))", "check.probe('f(2)', lambda: f(2))"),
        ("assert type(f(2)) is int", "lambda: type(f(2)) is int, law='type(f(2)) is int')"),
    ],
)  # fmt: skip
def test_what_becomes_a_probe(assertion, probe):
    cell = TestCell(assertion)
    text = cell.text({"f"}, {}, "1")
    assert probe in text.partition("### BEGIN HIDDEN TESTS\n")[2], text
    assert not cell.read.kept
    compile(text, "cell", "exec")


@pytest.mark.parametrize(
    "assertion",
    [
        "assert f(2) == f(3)",
        "S = f(2)\nassert_allclose(f(3), S)",
        "S = f(2)\nassert S.shape == (len(S), 3)",
        "assert f(2) != 4",
        "assert 4 in f(2)",
        "assert all(y > 0 for y in f(2))",
        "if f(2) > 3:\n    assert f(3) == 5",
        "for x, y in zip(f(2), [4]):\n    assert x == y",
        "def test_f():\n    assert f(2) == 4\n\ntest_f()",
        "helper(f)",
        "f(2)",
        "y = f(2)",
        "if f(2) != 4:\n    raise ValueError('no')",
        "assert f(1) == 1 and f(2) != 3",
    ],
)
def test_what_stays_an_assert(assertion):
    cell = TestCell(assertion)
    cell.text({"f"}, {}, "1")
    assert cell.read.kept


@pytest.mark.parametrize(
    ("assertion", "said"),
    [
        ("assert f(2) == 4, 'square 2.'", "said='square 2'"),
        ("assert f(2), 'square\\n 2'", "said='square 2'"),
        ("assert f(2) == 4 and f(3) == 9, 'squares'", "lambda: f(3), said='squares'"),
        ("for x in (1, 2):\n    assert f(x) == x, f'square {x}'", "said=_said(lambda: f'square {x}')"),
        ("assert f(2) == 4, f'4, not {f(2)}'", "said='4, not …'"),
        ("assert f(2) == 4, '4, not %d' % f(2)", "said='4, not …'"),
        ("assert f(2) == 4, '4, not {}'.format(f(2))", "said='4, not …'"),
        ("assert f(2) == 4, '4, not ' + str(f(2))", "said='4, not …'"),
        ("np.testing.assert_allclose(f(2), 4, err_msg='square 2')", "said='square 2'"),
        ("case.assertEqual(f(2), 4, 'square 2')", "said='square 2'"),
        ("case.assertTrue(f(2), msg='square 2')", "said='square 2'"),
        ("try:\n    f(0)\n    assert False, 'it must refuse'\nexcept ValueError:\n    pass", "said='it must refuse'"),
        ("### BEGIN HIDDEN TESTS\nassert f(2) == 4, 'square 2'\n### END HIDDEN TESTS", "said='square 2'"),
    ],
)
def test_what_a_teacher_wrote_goes_with_the_probe(assertion, said):
    text = TestCell(assertion).text({"f"}, {}, "1").partition("### BEGIN HIDDEN TESTS\n")[2]
    assert said in text
    compile(text, "cell", "exec")


@pytest.mark.parametrize(
    "assertion",
    [
        "assert f(2) == 4, f(3)",
        "assert f(2) == 4, None",
        "torch.testing.assert_close(f(2), t, msg=lambda text: text)",
        "### BEGIN HIDDEN TESTS\nx = 2\nassert f(x) == 4, f'square {x}'\n### END HIDDEN TESTS",
    ],
)
def test_a_message_that_says_nothing_or_too_much_is_left_out(assertion):
    assert "said=" not in TestCell(assertion).text({"f"}, {}, "1")


def test_the_message_reaches_the_student_and_one_number_is_wanted_of_each_entry(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    course, path = course_in(tmp_path), tmp_path / "hw9-rows.ipynb"
    cells = [
        plain.code("import numpy as np\nfrom numpy.testing import assert_allclose"),
        plain.answer("shares", "def shares(x):\n    return (x / x.sum(axis=1, keepdims=True)).astype(x.dtype)"),
        plain.test(
            "rows", 2,
            "S = shares(np.arange(1.0, 7).reshape(2, 3))\n"
            "assert_allclose(S.sum(axis=1), 1.0, err_msg='a row is whole')\n"
            "T = shares(np.ones((3, 7)))\nassert_allclose(T.sum(axis=1), 1.0001, rtol=1e-3)",
        ),
        plain.answer("square", "def square(x):\n    return x * x"),
        plain.test("two", 1, "for x in (2, 3):\n    assert square(x) == x * x, f'square {x} is not {square(x)}'"),
    ]  # fmt: skip
    nbformat.write(new_notebook(cells=cells), path)
    found = importing.convert(course, path, "hw9-rows")
    assert [row.what for row in found.rows if "--" in row.now] == ["converted", "converted"]
    assert "lambda: _like(1.0001, T.sum(axis=1))" in course.source("hw9-rows").read_text()  # they are near, not equal
    known = reference(Course(course.root), "hw9-rows")
    rows, far = known["q1-shares--rows"]
    assert judge_probe(rows, Emission(rows.name, as_wire(np.array([1.0, 1.0]))), "").fraction == 1
    assert judge_probe(far, Emission(far.name, as_wire(np.ones(3))), "").fraction == 1
    wrong = judge_probe(rows, Emission(rows.name, as_wire(np.array([1.0, 1.1]))), "")
    assert wrong.fraction == 0 and wrong.message.startswith("S.sum(axis=1) (a row is whole): inaccurate")
    second = known["q2-square--two"][1]
    said = judge_probe(second, Emission(second.name, as_wire(5)), "").message
    assert said == "square(x) (2) (square 3 is not …): the value is not right."


def test_a_hidden_region_within_a_block_stays_whole():
    source = "for x in (1, 2):\n    ### BEGIN HIDDEN TESTS\n    assert f(x) == x\n    ### END HIDDEN TESTS"
    cell = TestCell(source)
    assert cell.text({"f"}, {}, "1") == source and "inside of a block" in cell.read.kept[0][1]


def course_in(root) -> Course:
    (root / "nbgrader_config.py").write_text(plain.CONFIG)
    return Course(root)


def test_the_course_must_allow_what_the_students_process_decides(built, tmp_path):
    (tmp_path / "nbgrader_config.py").write_text(plain.CONFIG.replace("assert_tests = True", "assert_tests = False"))
    course = Course(tmp_path)
    path = course.stage("source") / "roots" / "roots.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(built["roots"][1], path)
    with pytest.raises(StaffError, match=r"assert_tests = True"):
        release.release(course, "roots", unproven=True)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ([plain.text("only text")], "no answer and no test"),
        ([plain.answer("f", "f = 1"), plain.test("t", 1, "assert f == 2")], "own solution fails in cell t"),
        ([plain.answer("f", "f = 1"), plain.answer("f", "f = 2")], "grade_id f twice"),
        ([plain.code("def check(x):\n    return x"), plain.answer("f", "f = 1")], "a name `check` of its own"),
    ],
)  # fmt: skip
def test_what_cannot_be_imported_is_refused_whole(tmp_path, monkeypatch, cells, why):
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    course, path = course_in(tmp_path), tmp_path / "hw7-odd.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    with pytest.raises(StaffError, match=re.escape(why)):
        importing.convert(course, path, "hw7-odd")
    assert Course(course.root).assignments == []


def test_what_is_in_the_way_is_said_before_anything_runs(tmp_path, monkeypatch):
    course, outside = course_in(tmp_path), tmp_path / "old" / "ps4.ipynb"
    inside = course.stage("source") / "ps4" / "ps4.ipynb"
    for path in (outside, inside):
        path.parent.mkdir(parents=True)
        nbformat.write(new_notebook(cells=[plain.answer("f", "f = 1")]), path)
    monkeypatch.setattr("coursework.sandbox.selftest.start_up", lambda root: pytest.fail("it ran"))
    for path, why in (
        (inside, "must be outside of source/"),
        (inside.parent, "must be outside of source/"),
        (outside, "there already"),
    ):
        run = CliRunner().invoke(app, ["import", str(path), "--course", str(course.root)])
        assert isinstance(run.exception, StaffError) and why in str(run.exception)


def test_the_report_names_a_test_that_no_answer_is_above(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    course, path = course_in(tmp_path), tmp_path / "hw8-part.ipynb"
    cells = [
        plain.test("early", 1, "assert True"), plain.answer("f", "f = {1, 3}"),
        plain.test("t", 2, "assert f == {1, 3}"), plain.answer("g", "g = 7"), plain.test("u", 2, "assert g == 7"),
    ]  # fmt: skip
    nbformat.write(new_notebook(cells=cells), path)
    run = CliRunner().invoke(app, ["import", str(path), "--course", str(course.root)])
    assert run.exit_code == 3 and "no answer is above" in run.output
    assert "1 test converted, 1 kept as asserts, 1 refused" in run.output  # a set cannot travel: seen by running it


SCORES = [(name, variant) for name, p in plain.ALL.items() for variant in p.scores]


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """Of an assignment: (itself, variant) → automatic points in this course."""

    @cache
    def graded(name):
        root = tmp_path_factory.mktemp("imported")
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("COURSEWORK_DATA", raising=False)
            said, found = plain.imported(root, [name])
        nb = nbformat.read(Course(root).source(name), as_version=4)
        assert {grade_id_of(c) for c in nb.cells if is_test(c) and is_asserted(c)} == set(said[name].kept)
        return found

    return graded


@pytest.fixture(scope="module")
def theirs(tmp_path_factory):
    """The same by stock `nbgrader autograde`."""
    return cache(lambda name: plain.by_nbgrader(tmp_path_factory.mktemp("stock"), [name]))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "variant"), SCORES)
def test_the_scores_are_those_of_nbgrader(ours, theirs, name, variant):
    assert ours(name)[name, variant] == theirs(name)[name, variant] == plain.ALL[name].scores[variant]
