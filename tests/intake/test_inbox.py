"""An inbox that is not what it seems: people who share a name, names that are markup, folders that are no inbox."""

import nbformat
import pytest
from typer.testing import CliRunner

from coursework.cli.commands import app
from coursework.core.course import Course, StaffError
from coursework.core.files import read_json
from coursework.grading.autograde import autograde
from coursework.reporting.grades import grade_table
from tests.support.course import answered, put, take

MOODLE = "{}_{}_assignsubmission_file_/Doe_Jane_hw0-tiny.ipynb"


def test_two_people_of_one_name_are_held_apart(course):
    """Without a roster the name is all there is; the system's numbers say that it is not one person's."""
    put(course, MOODLE.format("Jane Doe", 777), answered(course))
    put(course, MOODLE.format("Jane Doe", 1234), answered(course, count="ans_1_2 = 1"))
    put(course, MOODLE.format("Bob Roe", 1235), answered(course, count="ans_1_2 = 2"))
    report = take(course)
    assert not report.taken and len(report.held) == 2 and report.exit_code == 3
    assert "files of 2 people (" in report.held[0][1] and "Jane Doe 1234" in report.held[0][1]
    [(_, why)] = report.refused
    assert "Moodle says Bob Roe, the file's name says Jane Doe" in why
    assert not (course.root / "submitted").exists()
    said = {MOODLE.format("Bob Roe", 1235): "Roe_Bob", MOODLE.format("Jane Doe", 777): "Doe_Jane_2"}
    report = take(course, matches=said)
    assert sorted(t.student for t in report.taken) == ["Doe_Jane", "Doe_Jane_2", "Roe_Bob"]


def test_a_name_that_the_system_contradicts_is_not_taken(course):
    """Only a name in another script, which nobody can compare, is taken and marked for review."""
    put(course, MOODLE.format("Bob Roe", 1235), answered(course))
    report = take(course)
    assert not report.taken and "Moodle says Bob Roe" in report.refused[0][1]
    put(course, MOODLE.format("李伟", 1236).replace("Doe_Jane", "Li_Wei"), answered(course))
    [taken] = take(course).taken
    assert taken.student == "Li_Wei" and taken.review and "Moodle says 李伟" in "; ".join(taken.odd)


def test_a_second_first_name_is_no_contradiction(course):
    put(course, MOODLE.format("Jane Anne Doe", 5), answered(course))
    report = take(course)
    assert report.exit_code == 0 and not report.taken[0].review


@pytest.mark.parametrize(
    ("match", "says"),
    [
        ({"Doe_Jane_hw0-tiny.ipyn": "x"}, "no file has that name"),
        ({"Doe_Jane_hw0-tiny.ipynb": "x"}, "2 files have that name: write the path"),
        ({"a/Doe_Jane_hw0-tiny.ipynb": "../../evil"}, "cannot be the name of a folder"),
    ],
)
def test_a_match_that_hits_nothing_takes_nothing(course, match, says):
    put(course, "a/Doe_Jane_hw0-tiny.ipynb", answered(course))
    put(course, "b/Doe_Jane_hw0-tiny.ipynb", answered(course, count="ans_1_2 = 1"))
    with pytest.raises(StaffError, match=says):
        take(course, matches=match)
    assert not (course.root / "submitted").exists()


def test_no_inbox_at_all(course):
    with pytest.raises(StaffError, match="holds no files"):
        take(course)
    with pytest.raises(StaffError, match="is the course itself"):
        take(course, inbox=course.root)
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    course.released("hw0-tiny").unlink()
    with pytest.raises(StaffError, match="is not released: run `coursework release hw0-tiny`"):
        take(course)


def test_who_has_handed_in_only_a_pdf_is_named(course):
    put(course, "liwei_1005_50009_homework.pdf", raw="%PDF")
    [(_, why)] = take(course).refused
    assert why == "liwei, by Canvas, submitted a PDF, not a notebook: ask for the notebook file (.ipynb)"


def test_a_file_name_is_no_markup(course):
    put(course, "Poe_Paula_hw0-tiny [final].ipynb", raw="{")
    put(course, "hw0 [/x] Doe_Jane_hw0-tiny.ipynb", answered(course))
    run = CliRunner().invoke(app, ["collect", str(course.root / "inbox"), "--course", str(course.root)])
    assert not isinstance(run.exception, Exception) and "[final]" in run.output and "[/x]" in run.output
    assert "[final]" in (course.root / "collected.html").read_text()


def test_people_whom_the_roster_does_not_know(course):
    put(course, "Aa_Ann_hw0-tiny.ipynb", answered(course))
    take(course)
    (course.root / "r.csv").write_text("id,last,first\naa,Aa,Ann\nbb,Bb,Ben\n")
    report = take(course, roster="r.csv")
    assert report.strangers == ["Aa_Ann"] and report.nothing == {"hw0-tiny": ["bb"]}
    assert "not in the roster" in CliRunner().invoke(
        app, ["collect", str(course.root / "inbox"), "--course", str(course.root)]
    ).output  # fmt: skip


def test_everybody_of_the_roster_has_a_row(course):
    """Also who was never graded, and who has handed in nothing."""
    put(course, "Aa_Ann_hw0-tiny.ipynb", answered(course))
    (course.root / "r.csv").write_text("id,last,first\naa,Aa,Ann\nbb,Bb,Ben\ncc,Cc,Cem\n")
    take(course, roster="r.csv")
    course = Course(course.root)
    autograde(course, "hw0-tiny")
    put(course, "Bb_Ben_hw0-tiny.ipynb", answered(course))
    take(course, roster="r.csv")
    states = grade_table(course, "hw0-tiny").set_index("student")["state"].to_dict()
    assert states == {"aa": "graded", "bb": "not graded yet", "cc": "nothing handed in"}
    run = CliRunner().invoke(app, ["grades", "hw0-tiny", "--course", str(course.root)])
    assert run.exit_code == 0 and "not graded yet: bb" in run.output
    run = CliRunner().invoke(app, ["grades", "hw0-tiny", "--shape", "canvas", "--course", str(course.root)])
    said = " ".join(run.output.split())
    assert "not graded yet: bb" in said and "wait for a grader and count as 0: aa" in said
    for command in (["grades"], ["report", "hw0-tiny"]):
        run = CliRunner().invoke(app, [*command, "--course", str(course.root)])
        assert run.exit_code == 0, run.output


def test_unreadable_files_are_taken_with_the_reason(course):
    put(course, "Doe_Jane_hw0-tiny.ipynb", raw='{"cells": [{"cell_type"')
    (course.root / "inbox" / "Roe_Rita_hw0-tiny.ipynb").write_bytes(bytes(range(256)))
    report = take(course)
    assert all(t.review for t in report.taken) and len(report.taken) == 2
    record = read_json(course.submitted("Doe_Jane", "hw0-tiny") / "repair.json")
    assert not record["gradable"] and "the file is damaged (it breaks off)" in record["repairs"][0]["text"]


def test_a_script_counts_only_where_there_is_no_notebook(course):
    from nbconvert import PythonExporter

    script = PythonExporter().from_notebook_node(answered(course))[0]
    put(course, "a/Doe_Jane_hw0-tiny.py", raw=script)
    put(course, "b/Roe_Rita_hw0-tiny.ipynb", answered(course))
    put(course, "b/Roe_Rita_hw0-tiny.py", raw=script)
    put(course, "b/helpers.py", raw="x = 1\n")
    report = take(course)
    assert [t.student for t in report.taken] == ["Doe_Jane", "Roe_Rita"]
    assert report.taken[0].review and "Python script" in " ".join(report.taken[0].odd)
    assert report.taken[1].files == ["helpers.py", "hw0-tiny.py"]
    cells = {
        c.id: c.source for c in nbformat.read(course.submitted("Doe_Jane", "hw0-tiny") / "hw0-tiny.ipynb", 4).cells
    }
    assert "x + x" in cells["q1-1-double"] and "Because two is more." in cells["q1-3-why"]
