"""A corrected test is graded again, and nothing else in a grade moves."""

import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from coursework.authoring import release
from coursework.cli.commands import app
from coursework.core.cells import about_notebook
from coursework.core.course import StaffError, read_notebook
from coursework.core.files import read_json, write_whole
from coursework.core.verdicts import RepairRecord
from coursework.grading import autograde, regrade
from coursework.reporting.grades import grade_table
from tests.grading.test_killed import Killed, kill_at
from tests.support.course import DOUBLE_TEST, VALUE_TEST, answered, copied, prepared, submit

HALF = "def double(x):\n    return x + x + 1e-4\n"


def grade_three(proven):
    submit(proven, "Doe_Jane", answered(proven, double=HALF))
    submit(proven, "Roe_Rita", answered(proven, double="helper = 0\ndef double(x):\n    return 3 * x"))
    submit(proven, "Moe_Nina", answered(proven))
    autograde.autograde(proven, "hw0-tiny")
    with Gradebook(proven.db_url) as gradebook:
        grade = gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "Doe_Jane")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.db.commit()


@pytest.fixture(scope="module")
def graded_files(proven_files, tmp_path_factory):
    return prepared(proven_files, tmp_path_factory, grade_three)


@pytest.fixture
def graded(graded_files, tmp_path, monkeypatch):
    return copied(graded_files, tmp_path, monkeypatch)


def change_source(course, *pairs):
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    for cell in nb.cells:
        for old, new in pairs:
            cell.source = cell.source.replace(old, new)
    nbformat.write(nb, path)
    release.release(course, "hw0-tiny", unproven=True)


LOOSER = ('check.probe("double", lambda: double(x),', 'check.probe("double", lambda: double(x), atol=0.01,')


def totals(course):
    return grade_table(course, "hw0-tiny").set_index("student")["total"].to_dict()


def test_old_and_new_are_shown_and_only_the_item_moves(graded):
    assert LOOSER[0] in DOUBLE_TEST
    before = totals(graded)
    assert before == {"Doe_Jane": 4.5, "Moe_Nina": 7, "Roe_Rita": 3}
    change_source(graded, LOOSER)
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")
    assert {c.student: (c.old, c.new) for c in found.changes} == {
        "Doe_Jane": (0, 4), "Moe_Nina": (4, 4), "Roe_Rita": (0, 0)
    }  # fmt: skip
    assert found.others == [] and totals(graded) == before  # nothing is written yet
    executed = next(c.executed for c in found.changes if c.student == "Doe_Jane")
    assert "q1-2-count--value" not in [c.id for c in executed.cells]
    regrade.write(graded, found)
    assert totals(graded) == {"Doe_Jane": 8.5, "Moe_Nina": 7, "Roe_Rita": 3}
    with Gradebook(graded.db_url) as gradebook:
        grade = gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "Doe_Jane")
        assert grade.manual_score == 1.5 and not grade.needs_manual_grade
        assert gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "Moe_Nina").needs_manual_grade
    verdict = read_json(graded.autograded("Doe_Jane", "hw0-tiny") / "verdict.json")
    assert verdict["cells"]["q1-2-count--value"]["score"] == 3
    # What is recorded is not done again.
    assert not any(row.fresh for row in autograde.autograde(graded, "hw0-tiny").rows)


def test_other_changed_tests_are_named(graded):
    assert "lambda: ans_1_2)" in VALUE_TEST
    change_source(graded, LOOSER, ("lambda: ans_1_2)", "lambda: ans_1_2 + 0)"))
    assert regrade.plan(graded, "hw0-tiny", "q1-1-double").others == ["q1-2-count--value"]


def test_other_changed_tests_are_graded_by_autograde_afterwards(graded):
    """A regrade of one item must not pass for a grade of the whole present source."""
    change_source(graded, LOOSER, ("lambda: ans_1_2)", "lambda: ans_1_2 - 1)"))
    regrade.write(graded, regrade.plan(graded, "hw0-tiny", "q1-1-double"))
    rows = autograde.autograde(graded, "hw0-tiny").rows
    assert all(row.fresh for row in rows)


def test_a_newer_hand_in_is_not_regraded_as_the_old_one(graded):
    submit(graded, "Moe_Nina", answered(graded, double="def double(x):\n    return 0 * x", count="ans_1_2 = 0"))
    table = grade_table(graded, "hw0-tiny").set_index("student")
    assert table.loc["Moe_Nina", "state"] == "outdated" and "earlier submission" in table.loc["Moe_Nina", "notes"]
    change_source(graded, LOOSER)
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")
    assert {c.student: "handed in anew" in c.error for c in found.changes} == {
        "Doe_Jane": False, "Moe_Nina": True, "Roe_Rita": False
    }  # fmt: skip
    regrade.write(graded, found)
    assert totals(graded) == {"Doe_Jane": 8.5, "Moe_Nina": 7, "Roe_Rita": 3}
    rows = {row.student: row for row in autograde.autograde(graded, "hw0-tiny").rows}
    assert rows["Moe_Nina"].fresh and rows["Moe_Nina"].score == 0 and not rows["Doe_Jane"].fresh
    assert grade_table(graded, "hw0-tiny").set_index("student").loc["Moe_Nina", "state"] == "graded"


def test_another_file_beside_the_same_notebook_is_a_newer_hand_in(graded):
    folder = graded.submitted("Moe_Nina", "hw0-tiny") / "handin"
    folder.mkdir()
    (folder / "weights.pt").write_bytes(b"new")
    assert "outdated" in list(grade_table(graded, "hw0-tiny")["state"])


def test_what_a_student_writes_is_no_markup(graded):
    wrong = "def double(x):\n    raise ValueError('[/b] boom [red] x')\n"
    submit(graded, "Doe_Jane", answered(graded, double=wrong))
    autograde.autograde(graded, "hw0-tiny")
    change_source(graded, LOOSER)
    run = CliRunner().invoke(app, ["regrade", "hw0-tiny", "q1-1-double", "--yes", "--course", str(graded.root)])
    assert run.exit_code == 0 and "[/b] boom" in run.output.replace("\n", " ")


def test_a_graded_notebook_that_cannot_be_read_is_one_students_error(graded):
    write_whole(graded.autograded("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb", "")  # nbgrader leaves it read-only
    change_source(graded, LOOSER)
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")
    assert [c.student for c in found.changes if c.error] == ["Doe_Jane"] and found.exit_code == 1
    rows = {row.student: row for row in autograde.autograde(graded, "hw0-tiny").rows}
    assert rows["Doe_Jane"].fresh and rows["Doe_Jane"].score == 7


@pytest.mark.parametrize("damage", ['{"student": "Doe_Ja', "[]", "{}", '{"cells": {"q1-1-double--values": 3}}'])
def test_a_damaged_verdict_record_is_one_students_error(graded, damage):
    (graded.autograded("Doe_Jane", "hw0-tiny") / "verdict.json").write_text(damage)
    change_source(graded, LOOSER)
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")
    assert [(c.student, "cannot be read" in c.error) for c in found.changes if c.error] == [("Doe_Jane", True)]
    regrade.write(graded, found)
    rows = {row.student: row for row in autograde.autograde(graded, "hw0-tiny").rows}
    assert rows["Doe_Jane"].fresh and not rows["Moe_Nina"].fresh and rows["Doe_Jane"].score == 7


def test_a_regrade_that_is_killed_is_done_by_the_next_run(graded, monkeypatch):
    change_source(graded, LOOSER)
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, "grading.recording.seal")
        regrade.write(graded, found)
    rows = {row.student: row.fresh for row in autograde.autograde(graded, "hw0-tiny").rows}
    assert rows["Doe_Jane"] and totals(graded) == {"Doe_Jane": 8.5, "Moe_Nina": 7, "Roe_Rita": 3}


def contents(course):
    """Every file of the course, the gradebook among them, but for what can be made again (the reference) and locks."""
    files = [p for p in course.root.rglob("*") if p.is_file()]
    return {p: p.read_bytes() for p in files if not p.name.startswith("reference-") and p.suffix != ".lock"}


def test_a_plan_writes_nothing_even_for_a_submission_of_an_older_release(graded):
    folder = graded.submitted("Doe_Jane", "hw0-tiny")
    (folder / "original").mkdir()
    shutil.copy(folder / "hw0-tiny.ipynb", folder / "original" / "mine.ipynb")
    RepairRecord(original="original/mine.ipynb", skeleton="an older one").write(folder / "repair.json")
    change_source(graded, LOOSER)
    before = contents(graded)
    assert graded.root / "gradebook.db" in before
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")
    assert {c.student: (c.old, c.new) for c in found.changes}["Doe_Jane"] == (0, 4)
    assert contents(graded) == before
    regrade.write(graded, found)
    assert (
        RepairRecord.read(folder / "repair.json").skeleton
        == about_notebook(read_notebook(graded.released("hw0-tiny"))).release
    )
    assert totals(graded)["Doe_Jane"] == 8.5
    assert not any(row.fresh for row in autograde.autograde(graded, "hw0-tiny").rows)


@pytest.mark.parametrize("fault", [StaffError("disk full"), OSError("disk full"), ValueError("disk full")])
def test_a_fault_with_one_student_leaves_the_others_written(graded, monkeypatch, fault):
    change_source(graded, (LOOSER[0], 'check.probe("double", lambda: double(x) * 0 + 1,'))
    found = regrade.plan(graded, "hw0-tiny", "q1-1-double")

    def recorded(course, assignment, student, *rest):
        if student == "Doe_Jane":
            raise fault
        return record(course, assignment, student, *rest)

    record = regrade.record
    monkeypatch.setattr(regrade, "record", recorded)
    regrade.write(graded, found)
    assert {c.student: "disk full" in c.error for c in found.changes} == {
        "Doe_Jane": True, "Moe_Nina": False, "Roe_Rita": False
    }  # fmt: skip
    assert totals(graded) == {"Doe_Jane": 4.5, "Moe_Nina": 7, "Roe_Rita": 7} and found.exit_code == 1


def test_a_gradebook_that_does_not_know_the_assignment_is_not_taught_by_a_plan(graded):
    (graded.root / "gradebook.db").unlink()
    with pytest.raises(StaffError, match="does not know hw0-tiny: run `coursework autograde hw0-tiny`"):
        regrade.plan(graded, "hw0-tiny", "q1-1-double")


def test_the_command_asks_before_it_writes(graded):
    change_source(graded, LOOSER)
    run = CliRunner().invoke(app, ["regrade", "hw0-tiny", "q1-1-double", "--course", str(graded.root)], input="n\n")
    assert run.exit_code == 0 and "Nothing was written" in run.output and "changes" in run.output
    assert totals(graded)["Doe_Jane"] == 4.5
    run = CliRunner().invoke(app, ["regrade", "hw0-tiny", "q1-1-double", "--yes", "--course", str(graded.root)])
    assert run.exit_code == 0 and totals(graded)["Doe_Jane"] == 8.5


def test_clear_errors(proven):
    with pytest.raises(StaffError, match="has no item 'q9': it may be q1-1-double, q1-2-count"):
        regrade.plan(proven, "hw0-tiny", "q9")
    with pytest.raises(StaffError, match="nobody is graded"):
        regrade.plan(proven, "hw0-tiny", "q1-1-double")


def test_an_item_goes_by_its_label_and_a_wrong_one_is_said_before_anything_runs(proven, monkeypatch):
    assert regrade.named(proven, "hw0-tiny", "1.1") == "q1-1-double"
    monkeypatch.setattr("coursework.sandbox.selftest.start_up", lambda root: pytest.fail("it ran"))
    for words in (["regrade", "hw0-tiny", "1.3"], ["prove", "hw0-tiny", "--item", "1.3"]):
        run = CliRunner().invoke(app, [*words, "--course", str(proven.root)])
        assert isinstance(run.exception, StaffError) and "has no item '1.3'" in str(run.exception)
