"""What comes back teaches, and shows nothing of the hidden tests."""

import csv
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_output
from nbgrader.api import Gradebook

from coursework.core.course import Course, StaffError
from coursework.core.files import write_json
from coursework.grading.autograde import autograde
from coursework.grading.verdicts import verdict_path
from coursework.reporting.grades import grade_table, write_csv
from coursework.reporting.report import collect_tables
from coursework.returning import staff
from coursework.returning.feedback import _cut, write_feedback
from coursework.returning.page import notebook_page, shortened
from tests.support.course import answered, copied, prepared, submit

# A hostile answer that catches the hidden tests as they run, and prints them from the next cell.
SPY = """def double(x):
    return x * x
caught = []
get_ipython().events.register("pre_run_cell", lambda info: caught.append(info.raw_cell))
"""
SHOUT = "print('\\n'.join(caught))\nans_1_2 = 6585\n"


@pytest.fixture(scope="module")
def returned_files(proven_files, tmp_path_factory):
    """The folder of a course whose feedback was written once; copy it, do not change it."""
    return prepared(proven_files, tmp_path_factory, return_to)


def return_to(proven: Course) -> None:
    """Hand in, grade, read one answer, and write the feedback."""
    nb = answered(
        proven, double=SPY, count=SHOUT, why="<script>alert(1)</script> <b onclick='x()'>so</b> [x](javascript:y)"
    )
    for cell in nb.cells:
        if cell.id == "q1-2-count":
            cell.outputs = [
                new_output("stream", name="stdout", text="my own saved output\n"),
                new_output(
                    "display_data", {"text/html": "<script>alert(2)</script>", "image/svg+xml": "<svg onload='z()'/>"}
                ),
            ]
    submit(proven, "Doe_Jane", nb)
    submit(proven, "=cmd_Bob", answered(proven))
    autograde(proven, "hw0-tiny")
    with Gradebook(proven.db_url) as gradebook:
        grade = gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", "Doe_Jane")
        grade.manual_score, grade.needs_manual_grade = 1.5, False
        gradebook.find_comment(
            "q1-3-why", "hw0-tiny", "hw0-tiny", "Doe_Jane"
        ).manual_comment = "Half of it <i>is</i> there."
        gradebook.add_student("Nobody_Nina", last_name="Nobody", first_name="Nina")
        gradebook.db.commit()
    report = write_feedback(proven, "hw0-tiny")
    assert report.exit_code == 3 and len(report.written) == 2
    assert not list(proven.root.glob("feedback/**/repair.json"))  # the staff's record


@pytest.fixture
def returned(returned_files, tmp_path, monkeypatch):
    """A course of one's own with its feedback, and the pages by student."""
    course = copied(returned_files, tmp_path, monkeypatch)
    return course, {p.parent.parent.name: p.read_text() for p in course.root.glob("feedback/*/*/*.html")}


def test_nothing_hidden_is_shown(returned):
    course, pages = returned
    nb = nbformat.read(course.source("hw0-tiny"), as_version=4)
    hidden = [m for c in nb.cells for m in re.findall(r"BEGIN HIDDEN TESTS\n(.*?)### END", c.source, re.S)]
    lines = {line.strip() for block in hidden for line in block.splitlines() if len(line.strip()) > 8}
    assert lines
    for page in pages.values():
        text = re.sub(r"<[^>]+>", "", page)
        for line in lines:
            assert line not in text and line.replace('"', "&quot;") not in text
        assert "one and one is two" not in page and "MARK SCHEME" not in page and "BEGIN HIDDEN" not in page


def test_points_messages_and_comments_are_shown(returned):
    _, pages = returned
    page = pages["Doe_Jane"]
    assert "That is the square, not the double." in page
    assert "Half of it &lt;i&gt;is&lt;/i&gt; there." in page and "1.5 / 2" in page
    assert "<strong>4.5</strong> of 9 points" in page
    assert "my own saved output" in page
    assert "waits for a grader" in pages["=cmd_Bob"] and 'class="shape"' not in pages["=cmd_Bob"]


def test_the_page_stands_alone(returned):
    for page in returned[1].values():
        assert not re.search(r"<(script|link|iframe)|src=.https?:|url\(", page)


def test_student_markup_cannot_run(returned):
    body = returned[1]["Doe_Jane"].split("<main>")[1]
    assert "<script>alert" not in body and "onclick=" not in body and "onload=" not in body
    assert 'href="javascript' not in body


def test_formgraders_button_gives_the_same(returned, monkeypatch):
    from nbgrader.converters import GenerateFeedback

    course, pages = returned
    monkeypatch.chdir(course.root)
    converter = GenerateFeedback(coursedir=course.directory("hw0-tiny", "Doe_Jane"), config=course.config)
    converter.force = True
    converter.start()
    page = (course.root / "feedback" / "Doe_Jane" / "hw0-tiny" / "hw0-tiny.html").read_text()
    assert page == pages["Doe_Jane"]


def test_two_hand_ins_are_never_mixed(returned):
    """A new submission that is not graded yet lent its outputs and repairs to the page of the old one."""
    from nbgrader.converters import GenerateFeedback

    course, pages = returned
    nb = answered(course)
    for cell in nb.cells:
        if cell.id == "q1-2-count":
            cell.outputs = [new_output("stream", name="stdout", text="of the new submission\n")]
    submit(course, "Doe_Jane", nb)
    record = {"gradable": True, "repairs": [{"what": "split", "cell": "x", "text": "Of the new one.", "review": True}]}
    write_json(course.submitted("Doe_Jane", "hw0-tiny") / "repair.json", record)
    report = write_feedback(course, "hw0-tiny")
    again = "what was handed in since is not graded: run `coursework autograde hw0-tiny`"
    assert report.failed == [("Doe_Jane", again)] and report.exit_code == 1 and len(report.written) == 1
    page = course.feedback("Doe_Jane", "hw0-tiny") / "hw0-tiny.html"
    assert page.read_text() == pages["Doe_Jane"]
    converter = GenerateFeedback(coursedir=course.directory("hw0-tiny", "Doe_Jane"), config=course.config)
    converter.force = True
    converter.start()  # formgrader's button
    text = page.read_text()
    assert "this page is about the earlier submission" in text and "That is the square" in text
    assert "of the new submission" not in text and "Of the new one." not in text
    assert "outdated: points and checks are of an earlier submission" in staff.page(course, "hw0-tiny", "Doe_Jane")


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3}', '{"cells": {"q1-1-double--values": {"score": "1"}}}'])
def test_a_damaged_record_is_said_by_every_command(returned, text):
    """A page without the checks' sentences looked like a verdict without reasons."""
    course, pages = returned
    verdict_path(course, "hw0-tiny", "Doe_Jane").write_text(text)
    report = write_feedback(course, "hw0-tiny")
    why = "the record of the verdict cannot be read: run `coursework autograde hw0-tiny`"
    assert report.failed == [("Doe_Jane", why)] and len(report.written) == 1
    assert (course.feedback("Doe_Jane", "hw0-tiny") / "hw0-tiny.html").read_text() == pages["Doe_Jane"]
    table = grade_table(course, "hw0-tiny").set_index("student")
    assert table.loc["Doe_Jane", "state"] == "needs review" and "cannot be read" in table.loc["Doe_Jane", "notes"]
    assert collect_tables(course, "hw0-tiny").tables["questions"] is not None
    with pytest.raises(StaffError, match="run `coursework autograde hw0-tiny`"):
        staff.page(course, "hw0-tiny", "Doe_Jane")
    assert [row.fresh for row in autograde(course, "hw0-tiny", ["Doe_Jane"]).rows] == [True]
    assert len(write_feedback(course, "hw0-tiny").written) == 2


def test_long_outputs_are_shortened_and_say_so(returned):
    course, _ = returned
    path = course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb"
    nb = nbformat.read(path, as_version=4)
    steps = "\n".join(f"step {i}" for i in range(90_000))
    for cell in nb.cells:
        if cell.id == "q1-2-count":
            cell.outputs = [new_output("stream", name="stdout", text=steps)]
    nbformat.write(nb, path)
    page = write_feedback(course, "hw0-tiny", ["Doe_Jane"]).written[0].read_text()
    assert "step 99\n… 89,800 lines are left out here …\nstep 89900" in page and "step 89999" in page
    assert len(page) < 200_000 and notebook_page(nb, "x").count("89,800 lines are left out") == 1


def test_what_is_left_out_of_outputs():
    wide = new_output("execute_result", {"text/plain": "x" * 50_000, "image/png": "AAAA"}, execution_count=1)
    error = new_output("error", ename="E", evalue="e", traceback=["a\nb"] * 300)
    fine = new_output("stream", text="\n".join(map(str, range(200))))
    kept = shortened([fine, wide, error])
    assert kept[0].text.count("\n") == 199 and "left out" not in kept[0].text
    assert "… 30,000 characters are left out here …" in kept[1].data["text/plain"] and kept[1].data["image/png"]
    assert "… 400 lines are left out here …" in kept[2].traceback[0]
    many = shortened([new_output("stream", text=str(i)) for i in range(1000)])
    assert [o.text for o in (many[29], many[30], many[31])] == ["29", "… 940 outputs are left out here …\n", "970"]


def test_the_summary_counts_formulas(returned):
    """A formula engine that fails would pass unseen otherwise: every page is written, with nothing but sources."""
    course, _ = returned
    nb = answered(course, why="So $x^2$ and $\\frac{$. <!-- formulas: 99, broken: 99 -->")
    submit(course, "Doe_Jane", nb)
    autograde(course, "hw0-tiny", ["Doe_Jane"])
    report = write_feedback(course, "hw0-tiny")
    assert not report.failed and (report.formulas, report.broken) == (1, {"Doe_Jane": 1})
    assert [line for line in report.lines() if "not complete" not in line] == [
        "! broken formulas: Doe_Jane (1)",
        "2 feedback pages of hw0-tiny in feedback/; 1 formula set, 1 broken",
    ]


def test_grades_have_a_column_per_question(returned, tmp_path):
    course, _ = returned
    table = grade_table(course, "hw0-tiny")
    write_csv(table, tmp_path / "g.csv")
    text = (tmp_path / "g.csv").read_text()
    assert all(line.startswith('"') and line.endswith('"') for line in text.splitlines())
    rows = {r["student"]: r for r in csv.DictReader(text.splitlines())}
    jane = rows["Doe_Jane"]
    assert (jane["1.1 (4)"], jane["1.2 (3)"], jane["1.3 (2)"]) == ("0", "3", "1.5")
    assert (jane["automatic"], jane["manual"], jane["total"], jane["waiting"]) == ("3", "1.5", "4.5", "0")
    assert (jane["last name"], jane["first name"]) == ("Doe", "Jane")
    assert "'=cmd_Bob" in rows and rows["'=cmd_Bob"]["waiting"] == "1"
    assert rows["Nobody_Nina"]["state"] == "nothing handed in" and rows["Nobody_Nina"]["total"] == ""


def test_clear_errors(proven):
    with pytest.raises(StaffError, match="coursework autograde hw0-tiny"):
        write_feedback(proven, "hw0-tiny")
    (proven.root / "gradebook.db").unlink()
    with pytest.raises(StaffError, match="does not know hw0-tiny"):
        grade_table(proven, "hw0-tiny")


def grade_by_hand(course, student: str, score: float, comment: str) -> str:
    """The student's page after a grader has given points and a comment to the theory answer."""
    with Gradebook(course.db_url) as gradebook:
        grade = gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", student)
        grade.manual_score, grade.needs_manual_grade = score, False
        gradebook.find_comment("q1-3-why", "hw0-tiny", "hw0-tiny", student).manual_comment = comment
        gradebook.db.commit()
    return write_feedback(course, "hw0-tiny", [student]).written[0].read_text()


def longer_scheme(course) -> None:
    """Two lines in the source's mark scheme instead of one; release, proof and submissions do not hold it."""
    nb = nbformat.read(course.source("hw0-tiny"), as_version=4)
    for cell in nb.cells:
        cell.source = cell.source.replace("2 — because", "- 1½ — that they are equal\n- ½ — because")
    nbformat.write(nb, course.source("hw0-tiny"))


CLICKED = """◐ 1 of 1.5 · that <i>they</i> are equal
✗ 0 of 0.5 · so
✓ 2 · all

Read <b>1.3</b> again.
✓ no points · x"""


def test_a_picture_graded_by_hand_is_shown_with_its_code():
    cell = new_code_cell("plt.plot([1, 2])", id="q1-4-plot", outputs=[new_output("stream", text="of the grading run")])
    mine = [new_output("display_data", {"image/png": "AAAA"})]
    for kind, source, outputs in (("manual", "plt.plot([1, 2])", mine), ("test", "", [])):
        one = nbformat.from_dict(cell)
        _cut(one, {"kind": kind}, {"q1-4-plot": mine}, False)
        assert one.source == source and one.outputs == outputs


def test_the_mark_schemes_points_and_what_a_reader_clicked(returned):
    course, _ = returned
    longer_scheme(course)
    page = grade_by_hand(course, "=cmd_Bob", 1.5, "Nearly.")
    assert '<p class="shape">Points: 1.5 + 0.5</p>' in page and '<p class="comment">Nearly.</p>' in page
    assert "that they are equal" not in page and "one and one is two" not in page
    page = grade_by_hand(course, "=cmd_Bob", 1, CLICKED)
    rows = re.findall(r'<tr class="(\w+)"><td class="n">(.*?)</td><td>(.*?)</td></tr>', page)
    assert rows == [
        ("part", "◐ 1 / 1.5", "that &lt;i&gt;they&lt;/i&gt; are equal"),
        ("bad", "✗ 0 / 0.5", "so"),
        ("good", "✓ 2 / 2", "all"),
    ]
    assert '<p class="comment">Read &lt;b&gt;1.3&lt;/b&gt; again.</p>' in page and "✓ no points · x</p>" in page
    assert 'class="shape"' not in page and "<b>1.3" not in page
    assert "◐ Read &lt;b&gt;1.3" in page  # the summary
    assert "◐ not all: so" in grade_by_hand(course, "=cmd_Bob", 1, "✓ 1.5 · all\n✗ 0 of 0.5 · so")
