"""A release shows what students need and nothing of what they must find out."""

import ast
import copy
from pathlib import Path
from types import FunctionType

import nbformat
import pytest

from coursework.authoring import contracts, release
from coursework.authoring.leaks import exact_answers, shows, solution_lines
from coursework.core.books import Gradebook
from coursework.core.clock import DUE
from coursework.core.course import Course, StaffError
from coursework.proving import prove
from tests.support.course import tiny_source


def rewrite(course, change):
    """Change the source notebook of the tiny course in place."""
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    change({cell.id: cell for cell in nb.cells}, nb)
    nbformat.write(nb, path)


def make(course, unproven=True):
    mark = release.release(course, "hw0-tiny", unproven=unproven)
    return mark, nbformat.read(course.released("hw0-tiny"), as_version=4)


def test_what_students_get(tiny):
    mark, nb = make(tiny)
    cells = {cell.id: cell for cell in nb.cells}
    text = nbformat.writes(nb)
    for secret in ("SOLUTION", "HIDDEN", "MARK SCHEME", "twice_what_was_given", "6585", "stub: ", "one and one is two"):
        assert secret not in text, secret
    assert cells["q1-1-double"].source.rstrip().endswith('raise NotImplementedError("1.1: double")')
    assert cells["q1-2-count"].source.strip() == "ans_1_2 = None"
    assert cells["q1-3-why"].source.strip() == "*Your answer here.*"
    assert "def _load_check" in cells["setup"].source and "from coursework" not in cells["setup"].source
    assert cells["setup"].metadata.cellView == "form" and cells["setup"].metadata.jupyter.source_hidden
    assert mark in cells["title"].source and nb.metadata.coursework.release == mark
    assert [c.id for c in nb.cells] == [c.id for c in tiny_source().cells]
    assert not any(c.get("outputs") or c.get("execution_count") for c in nb.cells)


@pytest.mark.parametrize("fails", ["shutil.copytree", "coursework.authoring.release._record"])
def test_a_release_that_cannot_be_written_leaves_the_old_one(tiny, monkeypatch, fails):
    make(tiny)
    before = tiny.released("hw0-tiny").read_bytes()

    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    rewrite(tiny, lambda cells, nb: cells["q1-1-task"].update(source="## 1.1 Double, please (4 points)"))
    with monkeypatch.context() as patch:
        patch.setattr(fails, full)
        with pytest.raises(OSError, match="No space left"):
            make(tiny)
    assert tiny.released("hw0-tiny").read_bytes() == before
    assert [path.name for path in tiny.stage("release").iterdir()] == ["hw0-tiny"]
    assert make(tiny) and tiny.released("hw0-tiny").read_bytes() != before


def test_a_release_is_the_same_twice_and_check_notices_a_change(tiny):
    first, _ = make(tiny)
    assert make(tiny)[0] == first
    assert release.difference(tiny, "hw0-tiny", unproven=True) is None
    rewrite(tiny, lambda cells, nb: cells["q1-1-task"].update(source="## 1.1 Twice (4 points)"))
    assert "q1-1-task" in release.difference(tiny, "hw0-tiny", unproven=True)


def test_a_release_that_was_found_recorded_is_compared_again_when_something_changes(proven, monkeypatch):
    made = []
    real = release.make
    monkeypatch.setattr(release, "make", lambda *args, **more: made.append(1) or real(*args, **more))

    def times():
        before = len(made)
        release.ensure_recorded(proven, "hw0-tiny")
        return len(made) - before

    assert (times(), times()) == (1, 0)
    proven.config.CourseworkSettings.total_seconds = 77
    assert (times(), times()) == (1, 0)
    Path(proven.db_url.removeprefix("sqlite:///")).unlink()
    assert (times(), times()) == (1, 0)
    with Gradebook(proven.db_url) as gradebook:
        gradebook.remove_assignment("hw0-tiny")
    assert (times(), times()) == (1, 0)
    released = proven.released("hw0-tiny")
    whole = released.read_text()
    released.write_text(whole.replace("1.1 Double", "1.1 Twice"))
    with pytest.raises(StaffError, match="is not what source/ gives"):
        times()
    released.write_text(whole)
    assert times() == 0
    rewrite(proven, lambda cells, nb: cells["q1-1-task"].update(source="## 1.1 Twice (4 points)"))
    with pytest.raises(StaffError, match="is not what source/ gives"):
        times()


def test_what_was_found_recorded_holds_for_the_next_command(proven, monkeypatch):
    """There the functions of the configuration lie elsewhere in memory."""
    release.ensure_recorded(proven, "hw0-tiny")
    monkeypatch.setattr(release, "make", lambda *_, **__: pytest.fail("it was compared again"))
    filters = proven.config.HTMLExporter.filters
    assert filters
    proven.config.HTMLExporter.filters = {
        name: FunctionType(one.__code__, one.__globals__, one.__name__) for name, one in filters.items()
    }
    release.ensure_recorded(proven, "hw0-tiny")


def test_the_badge_points_at_the_public_copy(tiny):
    config = tiny.root / "nbgrader_config.py"
    setting = 'c.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"\nconfigure(c)'
    config.write_text(config.read_text().replace("\nconfigure(c)", "\n" + setting))
    _, nb = make(tiny)
    assert "colab.research.google.com/github/uni/dl/blob/main/hw/hw0-tiny/hw0-tiny.ipynb" in nb.cells[0].source


def test_the_date_of_the_configuration_is_in_the_notebook(tiny):
    rewrite(tiny, lambda cells, nb: cells["title"].update(source=cells["title"].source + "\n" + DUE + ". Good luck."))
    mark, nb = make(tiny)
    assert nb.cells[0].source.endswith(f"{DUE}. Good luck.")
    config, dated = tiny.root / "nbgrader_config.py", 'c.CourseworkSettings.deadlines = {"hw0-tiny": "2026-10-05"}\n'
    dated += 'c.CourseworkSettings.time_zone = "Europe/Berlin"\nconfigure(c)'
    config.write_text(config.read_text().replace("\nconfigure(c)", "\n" + dated))
    course = Course(tiny.root)
    assert "the cell that begins `# Tiny` differs" in release.difference(course, "hw0-tiny", unproven=True)
    release.ensure_recorded(course, "hw0-tiny")  # who extends a deadline need not release again to grade
    again, nb = make(course)
    assert nb.cells[0].source.endswith("Due Mon 05 Oct 2026, 23:59 CEST. Good luck.") and again == mark
    assert release.difference(course, "hw0-tiny", unproven=True) is None
    assert release.undated(nb).cells[0].source.endswith(f"{DUE}. Good luck.")


def secret_in_prose(cells, nb):
    cells["q1-1-task"].source += "\nThe sum is 6,585."


def solution_in_prose(cells, nb):
    cells["q1-1-task"].source += "\n    return twice_what_was_given"


def probe_missing(cells, nb):
    cells["q1-2-count--value"].source = "check.exists('ans_1_2', lambda: ans_1_2, int)"


def call_left_in_the_open(cells, nb):
    cells["q1-2-count--value"].source = "check.call('ans_1_2', lambda: ans_1_2)"


def repeated_id(cells, nb):
    cells["q1-3-question"].metadata.nbgrader.grade_id = "setup"


def other_total(cells, nb):
    nb.metadata.coursework.points = 10


def promise(text):
    def other_promise(cells, nb):
        cells["title"].source += f"\n{text}"

    return other_promise


def untold_band(cells, nb):
    cells["q1-2-count--value"].source = "# 75 % right gives all points.\n" + cells["q1-2-count--value"].source
    cells["q1-2-count--value"].metadata["coursework"] = {
        "evidence": {"weights": "w.pt", "claim": ["r.json", 1], "needs": [], "bands": [[0.75, 1.0], [0.7, 0.5]]}
    }


def no_python(cells, nb):
    cells["q1-2-count"].source = cells["q1-2-count"].source.replace("# stub: ans_1_2 = None", "# stub: ans_1_2 = (")


def stub_without_its_head(cells, nb):
    cells["q1-2-count"].source = cells["q1-2-count"].source.replace(
        "# stub: ans_1_2 = None", "# stub:     ans_1_2 = None"
    )


def open_region(cells, nb):
    cells["q1-2-count"].source = cells["q1-2-count"].source.replace("### END SOLUTION", "")


def add(cell, code):
    def addition(cells, nb):
        cells[cell].source += f"\n{code}"

    return addition


def broken_lambda(cells, nb):
    test = cells["q1-1-double--values"]
    test.source = test.source.replace("lambda: double(x), said", "lambda double(x), said")


def cell_of_nobody(code):
    """A cell as Jupyter adds one: without a grade_id, and with an id that it shows nowhere."""

    def addition(cells, nb):
        nb.cells.append(nbformat.v4.new_code_cell(code, id="4845642a"))

    return addition


def misspelt_key(cells, nb):
    cell_of_nobody("\n  look_at(`data`)\n")(cells, nb)
    nb.cells[-1].metadata.coursework = {"need": []}


def misspelt_need(cells, nb):
    cells["q1-2-count"].metadata.coursework = {"needs": ["q1-1-doubel"]}


def need_of_nothing(cells, nb):
    cells["q1-2-count"].metadata.coursework = {"needs": ["xyz"]}


def orphan_test(cells, nb):
    cells["q1-2-count--value"].metadata.nbgrader.grade_id = "q1-2-cuont--value"
    cells["q1-2-count--value"].id = "q1-2-cuont--value"


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (misspelt_need, r"q1-2-count needs q1-1-doubel, which is not a cell: did you mean q1-1-double\?"),
        (need_of_nothing, r"needs xyz, which is not a cell: it may be setup, q1-1-double,"),
        (orphan_test, r"q1-2-cuont--value tests q1-2-cuont, which is not an answer: did you mean q1-2-count\?"),
        (secret_in_prose, "q1-1-task shows the value of ans_1_2"),
        (solution_in_prose, "q1-1-task shows a solution line of q1-1-double"),
        (probe_missing, "q1-2-count--value is a test worth 3 points that the student's process decides"),
        (
            call_left_in_the_open,
            r"q1-2-count--value still shows 'check.call\(': it belongs between ### BEGIN HIDDEN TESTS and ### END",
        ),
        (untold_band, "q1-2-count--value does not say what an accuracy of 0.7 "),
        (repeated_id, "setup is there twice"),
        (other_total, "add up to 9"),
        (
            promise("**10 points**, all given by tests."),
            "`# Tiny` says .*but the cells have 9 points, 2 by a grader",
        ),
        (promise("**9 points**: 6 are given by tests, 3 by a grader."), "begins `# Tiny` says"),
        (promise("**9 points**: 7 are given by tests, 1 by the weights, 2 by a grader."), "begins `# Tiny` says"),
        (no_python, "q1-2-count is not Python as it is released"),
        (stub_without_its_head, "q1-2-count is not Python as it is released"),
        (open_region, "q1-2-count: a solution region has no end"),
        (broken_lambda, r"cell q1-1-double--values is not Python: line 5 cannot be read"),
        (cell_of_nobody("x = (\n"), r"the cell that begins `x = \(` is not Python: line 1 "),
        (cell_of_nobody("check.lik('x', 3)"), r"the cell that begins `check\.lik\('x', 3\)` calls check\.lik, which"),
        (
            cell_of_nobody("### BEGIN SOLUTION\nx = 3"),
            "begins `### BEGIN SOLUTION`: no end solution statement",
        ),
        (misspelt_key, r"the metadata of the cell that begins `look_at\('data'\)`, coursework\.need is not a key"),
        (
            add("q1-1-double--values", "check.equal('x', 3)"),
            r"check\.equal, which does not exist: (?!.*refusal)",
        ),
        (
            add("q1-2-count--value", "check.prob('ans_1_2', 3)"),
            r"q1-2-count--value calls check.prob, which does not exist: did you mean probe\?",
        ),
        (
            add("q1-2-count--value", "%time check.probe('x', 3, betwen=(0, 9))"),
            r"q1-2-count--value calls check.probe with betwen=, .*: did you mean between\?",
        ),
        (add("q1-1-double--values", "check.like('y', 1, shap=())"), r"with shap=, .*: did you mean shape\?"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_release_is_refused_and_nothing_changes(tiny, change, names):
    _, before = make(tiny)
    database = (tiny.root / "gradebook.db").read_bytes()
    rewrite(tiny, change)
    with pytest.raises(StaffError, match=names) as caught:
        make(tiny)
    assert "\n" not in str(caught.value)
    assert nbformat.read(tiny.released("hw0-tiny"), as_version=4) == before
    assert (tiny.root / "gradebook.db").read_bytes() == database


def clauses(**listed):
    def other_contract(cells, nb):
        cells["q1-1-double"].metadata.coursework = {"clauses": {"value": "twice x", **listed}}

    return other_contract


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            clauses(arguments="x stays", loop="no loop"),
            "no probe of q1-1-double looks at its clause 'loop': write one into a test of it",
        ),
        (
            clauses(argument="x stays"),
            "cell q1-1-double--values has a probe of the clause 'arguments', which q1-1-double does not list: did you "
            "mean argument? Add it to coursework.clauses of q1-1-double, or correct the probe",
        ),
        (add("q1-2-count--value", "check.probe('n', 3, clause='kind')"), "'kind', which q1-2-count does not list"),
    ],
)
def test_a_clause_without_a_probe_is_refused_before_anything_runs(tiny, monkeypatch, change, says):
    def runs(*_, **__):
        raise AssertionError("something ran")

    monkeypatch.setattr(prove, "reference", runs)
    monkeypatch.setattr(release, "make", runs)
    rewrite(tiny, change)
    for refuses in (make, lambda course: prove.prove(course, "hw0-tiny")):
        with pytest.raises(StaffError) as caught:
            refuses(tiny)
        assert says in str(caught.value)


def test_what_only_a_run_can_tell_is_left_to_the_proof(tiny):
    def by_call(cells, nb):
        cells["q1-1-double"].metadata.coursework = {"clauses": {"value": "a", "again": "b", "loop": "c"}}
        cells["q1-1-double--values"].source = DOUBLE_BY_CALL

    rewrite(tiny, by_call)
    assert not list(contracts.faults(nbformat.read(tiny.source("hw0-tiny"), as_version=4)))
    rewrite(tiny, lambda cells, nb: cells["q1-1-double--values"].update(source=DOUBLE_BY_CALL.replace(", **more", "")))
    source = nbformat.read(tiny.source("hw0-tiny"), as_version=4)
    assert [fault.partition(":")[0] for fault in contracts.faults(source)] == [
        "no probe of q1-1-double looks at its clause 'loop'"
    ]
    assert not list(contracts.faults(source, "q1-2-count"))


DOUBLE_BY_CALL = """### BEGIN HIDDEN TESTS
check.call("double", lambda x: double(x), np.ones(2), without=("fresh",))
check.probe("double", lambda: double(np.ones(2)), **more)
### END HIDDEN TESTS
"""


def test_cells_cannot_come_or_go_once_somebody_is_graded(tiny):
    make(tiny)
    with Gradebook(tiny.db_url) as gradebook:
        gradebook.add_student("ann")
        gradebook.add_submission("hw0-tiny", "ann")
    nb = nbformat.read(tiny.source("hw0-tiny"), as_version=4)
    about = {
        "grade_id": "q1-2-more",
        "grade": False,
        "solution": False,
        "locked": True,
        "schema_version": 3,
        "task": False,
    }
    nb.cells.append(nbformat.v4.new_code_cell("1 + 1", id="q1-2-more", metadata={"nbgrader": about}))
    nbformat.write(nb, tiny.source("hw0-tiny"))
    with pytest.raises(
        StaffError, match=r"somebody has been graded in it.*nbgrader db assignment remove hw0-tiny --force"
    ):
        make(tiny)
    with Gradebook(tiny.db_url) as gradebook:  # what the command does
        gradebook.remove_assignment("hw0-tiny")
    make(tiny)


def test_a_stray_file_is_refused(tiny):
    (tiny.source("hw0-tiny").parent / "answers.txt").write_text("6585")
    with pytest.raises(StaffError, match=r"answers\.txt is in source/hw0-tiny"):
        make(tiny)


def test_no_release_without_proof(tiny, proven):
    with pytest.raises(StaffError, match="no proof record"):
        make(tiny, unproven=False)
    make(proven, unproven=False)
    (proven.bank("hw0-tiny") / "q1-2-count" / "00_new.py").write_text("ans_1_2 = 1\n")
    with pytest.raises(StaffError, match="changed since it was proven"):
        make(proven, unproven=False)


def test_stock_nbgrader_command_makes_the_same(tiny):
    from nbgrader.converters import GenerateAssignment

    _, ours = make(tiny)
    config = copy.deepcopy(tiny.config)
    config.RefuseLeaks.unproven = True
    converter = GenerateAssignment(coursedir=tiny.directory("hw0-tiny", "."), config=config)
    converter.force = True
    converter.start()
    assert nbformat.read(tiny.released("hw0-tiny"), as_version=4) == ours


@pytest.mark.parametrize(
    ("text", "value", "seen"),
    [
        ("it is 6585.", 6585, True),
        ("it is 6,585", 6585, True),
        (r"it is $6{,}585$", 6585, True),
        ("it is 6_585", 6585, True),
        ("it is 16585", 6585, False),
        ("0.62 in all", 0.62, True),
        ("-1.2433", 1.243286555, True),
        ("10.62", 0.62, False),
        ("30 x 30", (30, 30), True),
        (r"$30\times 30$", (30, 30), True),
        ("wait 30 s", (30, 30), False),
        ("question 4", 4, False),
    ],
)
def test_values_are_found_in_any_spelling(text, value, seen):
    assert shows(text, value) is seen


def test_exact_answers_are_read_from_the_solution():
    source = "### BEGIN SOLUTION\n# stub: ans_a = None\nn = 3\nans_a = 2 * 50\nans_b = (ans_a, 30)\n### END SOLUTION"
    assert exact_answers(source) == {"ans_a": 100, "ans_b": (100, 30)}
    assert solution_lines(source) == set()


def test_a_promise_that_is_kept(tiny):
    rewrite(tiny, promise("**9 points**: 7 are given by tests, 2 by a grader. Due soon."))
    make(tiny)


def test_a_picture_in_a_solution_and_what_a_widget_printed_are_not_released(tiny):
    """Stock nbgrader keeps both: findings/nbgrader-release-keeps-pictures.sh, clearing-keeps-widget-texts.sh."""

    def solved_on_paper(cells, nb):
        cells["q1-3-why"].source = "As in the picture: ![](attachment:my%20derivation.png)"
        cells["q1-3-why"].attachments = {"my derivation.png": {"image/png": "c29sdXRpb24="}}
        cells["q1-3-question"].source += "\n![The task](attachment:the%20task.png)"
        cells["q1-3-question"].attachments = {"the task.png": {"image/png": "dGFzaw=="}}
        nb.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {"1": "the answer"}}}

    rewrite(tiny, solved_on_paper)
    _, nb = make(tiny)
    pictures = {cell.id: list(cell.attachments) for cell in nb.cells if "attachments" in cell}
    assert pictures == {"q1-3-question": ["the task.png"]}
    assert "widgets" not in nb.metadata


def test_a_forgotten_stub_is_nbgraders_own(tiny):
    rewrite(
        tiny,
        lambda cells, nb: cells["q1-1-double"].update(source=cells["q1-1-double"].source.replace("# stub: ", "# ")),
    )
    _, nb = make(tiny)
    stub = {cell.id: cell for cell in nb.cells}["q1-1-double"].source
    assert "raise NotImplementedError()" in stub and "twice_what_was_given" not in stub and ast.parse(stub)
