"""Checks of another package: the worked example of docs/extending.md, installed, released, proven and graded."""

import nbformat
import pytest

from coursework.authoring.release import release
from coursework.core.course import Course, StaffError
from coursework.core.probes import Probe, Rules
from coursework.judging import inline, own_checks
from coursework.judging.reference import reference
from coursework.notebook.wire import as_wire
from coursework.proving.prove import prove
from tests.support.plugin import example, installed

EDGES = {"edges": [[0, 1], [1, 2], [0, 3]]}
TEST = """check.exists("ans_1_2", lambda: ans_1_2, [list, tuple])
### BEGIN HIDDEN TESTS
orders.probe_order("ans_1_2", lambda: ans_1_2, edges=[(0, 1), (1, 2), (0, 3)], said="of four nodes")
### END HIDDEN TESTS
"""
ANSWERS = {
    "03_another_order.py": "ans_1_2 = (0, 3, 1, 2)",
    "01.5_one_too_early.py": "ans_1_2 = [0, 3, 2, 1]",
    "00_backwards.py": "# misconception: The order is turned around.\nans_1_2 = [3, 2, 1, 0]",
    "00_ragged.py": "ans_1_2 = [[0, 1], [2], 3]",
}


@pytest.fixture
def orders(tmp_path):
    with installed(tmp_path / "site", example()) as site:
        inline._module.cache_clear()
        yield site
    inline._module.cache_clear()


def of(want, **rules):
    return Probe(name="an order", value=as_wire(want), rules=Rules(**{"check": "order", "options": EDGES, **rules}))


def with_orders(course):
    """The tiny course, whose 1.2 asks for an order."""
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        if cell.id == "setup":
            cell.source += "from uni_orders import orders  # inlined\n"
        elif cell.id == "q1-2-count":
            cell.source = cell.source.replace("6585", "[0, 1, 2, 3]")
        elif cell.id == "q1-2-count--value":
            cell.source = TEST
    nbformat.write(nb, path)
    folder = course.bank("hw0-tiny") / "q1-2-count"
    for file in folder.glob("*.py"):
        file.unlink()
    for name, text in ANSWERS.items():
        (folder / name).write_text(text)
    return Course(course.root)


def test_a_question_of_the_example_is_proven_and_its_release_holds_no_probe(orders, tiny):
    course = with_orders(tiny)
    found = prove(course, "hw0-tiny", only="q1-2-count")
    assert found.clean, found.surprises
    told = {case.name: case.result.message for case in found.cases}
    assert told["01.5_one_too_early.py"] == "ans_1_2 (of four nodes): edges that it does not keep: 1 of 3."
    assert told["00_backwards.py"] == "ans_1_2 (of four nodes): The order is turned around."
    assert "it cannot be compared (ValueError" in told["00_ragged.py"]
    release(course, "hw0-tiny", unproven=True)
    text = course.released("hw0-tiny").read_text()
    assert "probe_order" not in text and "_load_check" in text and "uni_orders" not in text


def test_a_probe_outside_of_a_hidden_region_is_refused(orders, tiny):
    course = with_orders(tiny)
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        if cell.id == "q1-2-count--value":
            cell.source = "\n".join(line for line in cell.source.splitlines() if "HIDDEN TESTS" not in line)
    nbformat.write(nb, path)
    with pytest.raises(StaffError, match=r"cell q1-2-count--value still shows '\.probe_order\('"):
        release(course, "hw0-tiny", unproven=True)


def test_a_fraction_a_sentence_and_what_is_not_a_value(orders):
    assert own_checks.decided(of([0, 1, 2, 3]), as_wire((0, 3, 1, 2))) == (1.0, None)
    assert own_checks.decided(of([0, 1, 2, 3]), as_wire([0, 3, 2, 1]))[0] == 0.5
    assert own_checks.decided(of([0, 1]), {"kind": "raised", "type": "KeyError", "message": "3"})[1] == (
        3, "your code raised KeyError⟦: 3⟧")  # fmt: skip
    assert own_checks.decided(of([0, 1]), {"kind": "other", "type": "property"})[0] == 0
    assert own_checks.decided(of([0, 1]), {"kind": "malformed"})[0] == 0
    for wrong in ([0, 1, 2], ["a", "b", "c", "d"], [[0, 1], [2], 3], None, 7, {"0": 1}, [0, 1, 2, float("nan")]):
        assert own_checks.decided(of([0, 1, 2, 3]), as_wire(wrong))[0] == 0


@pytest.mark.parametrize(
    ("returned", "said"),
    [("return 2.0, ''", "fraction 2.0"), ("return True", "not (a fraction"), ("return float('nan'), ''", "nan"),
     ("return 0.3, 'no'", "does not accept the solution's own"), ("raise KeyError('x')", "KeyError: 'x'")],
)  # fmt: skip
def test_a_check_that_does_not_accept_the_solution_is_one_line(tmp_path, tiny, returned, said):
    files = example()
    files["uni_orders/judge.py"] = (
        "from coursework.judging.own_checks import Check\n\n\nclass Order(Check):\n"
        f"    def decide(self, want, got, options):\n        {returned}\n"
    )
    with installed(tmp_path / "site", files):
        assert said in own_checks.fault(of([0, 1, 2, 3]))
        assert own_checks.decided(of([0, 1, 2, 3]), as_wire([3, 1]))[0] < 1


def test_a_check_that_is_not_installed_is_named_when_the_reference_runs(tmp_path, tiny):
    files = example()
    files["pyproject.toml"] = files["pyproject.toml"].replace("order = ", "orders = ")
    with installed(tmp_path / "site", files):
        inline._module.cache_clear()
        with pytest.raises(StaffError, match=r"cell q1-2-count--value .* the check 'order', .* did you mean orders\?"):
            reference(with_orders(tiny), "hw0-tiny")
    inline._module.cache_clear()


@pytest.mark.parametrize(
    ("line", "said"),
    [("from uni_nothing import orders  # inlined", "no module uni_nothing.orders to inline: is its package installed"),
     ("from uni_orders import judgement  # inlined", "no module uni_orders.judgement to inline")],
)  # fmt: skip
def test_a_module_that_is_not_there_is_one_line(orders, line, said):
    with pytest.raises(StaffError, match=said):
        inline.inline(line, "orders.probe_order(1); judgement.x(1)")


def test_a_module_brings_names_of_its_own_package_and_refuses_it_as_a_whole(orders):
    (orders / "uni_orders" / "more.py").write_text("import uni_orders\n\n\ndef f():\n    return uni_orders\n")
    (orders / "uni_orders" / "near.py").write_text("from .blobs import FILE\n\n\ndef g():\n    return FILE\n")
    text = inline.inline("from uni_orders import near  # inlined", "near.g()")
    scope = {}
    exec(text, scope)
    assert scope["near"].g() == "blobs/blobs.npz" and "uni_orders" not in text
    with pytest.raises(StaffError, match=r"uni_orders.more says `import uni_orders`: .* must import names"):
        inline.inline("from uni_orders import more  # inlined", "more.f()")
