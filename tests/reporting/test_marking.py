"""Several graders: who reads what, and two of them saving at once."""

import contextlib
import csv
import re
import shutil
import threading

import pytest
from typer.testing import CliRunner

from coursework.authoring import release
from coursework.cli.commands import app
from coursework.core.course import Course, StaffError
from coursework.grading import autograde
from coursework.reporting import marking
from tests.support import formgrader, postgres
from tests.support.course import answered, submit

CLASS = ["Doe_Jane", "Roe_Rita", "Poe_Pia", "Low_Lee", "Moe_Mia", "Zoe_Zed"]
ROSTER = "id,last,first,section\n" + "\n".join(
    f"{name},{name[:3]},{name[4:]},{'AABBBC'[i]}" for i, name in enumerate(CLASS)
)


@pytest.fixture(scope="module")
def graded_files(proven_files, tmp_path_factory):
    """The folder of a graded class of six; copy it, do not change it."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(proven_files, root)
    (root / "roster.csv").write_text(ROSTER)
    with open(root / "nbgrader_config.py", "a") as config:
        config.write("\nc.CourseworkSettings.roster = 'roster.csv'\n")
    course = Course(root)
    for name in CLASS:
        submit(course, name, answered(course, why=f"{name} says why."))
    autograde.autograde(course, "hw0-tiny")
    return root


@pytest.fixture
def graded(graded_files, tmp_path) -> Course:
    shutil.copytree(graded_files, tmp_path / "course")
    return Course(tmp_path / "course")


def fake(cells, students):
    """Answers that wait: cell → points."""
    return [
        marking.Answer(s, n, f"id{n}", cell, points, None)
        for cell, points in cells.items()
        for n, s in enumerate(students, 1)
    ]


def test_questions_are_shared_by_points_and_whole(graded, monkeypatch):
    cells = {"q1-1-why": 8.0, "q2-1-proof": 5.0, "q2-2-proof": 4.0, "q3-1-text": 1.0}
    monkeypatch.setattr(marking, "answers", lambda *_: fake(cells, CLASS))
    ann, bob = marking.share(graded, "hw0-tiny", ["ann", "bob"])
    assert (ann.groups, bob.groups) == (["1.1", "3.1"], ["2.1", "2.2"])
    assert {(a.student, a.cell) for a in (*ann.answers, *bob.answers)} == {(s, c) for s in CLASS for c in cells}
    assert ann.waiting == bob.waiting == 12


def test_sections_are_shared_by_students(graded):
    shares = marking.share(graded, "hw0-tiny", ["ann", "bob", "cem", "dan"], by="section")
    assert [s.groups for s in shares] == [["B"], ["A"], ["C"], []]
    assert [sorted(a.student for a in s.answers) for s in shares[1:3]] == [["Doe_Jane", "Roe_Rita"], ["Zoe_Zed"]]


def test_the_pages_lead_into_formgrader_and_hide_names(graded):
    words = ["marking", "hw0-tiny", "--graders", "ann,bob", "--course", str(graded.root)]
    assert CliRunner().invoke(app, words).exit_code == 0
    folder = graded.root / "marking" / "hw0-tiny"
    page = (folder / "ann.html").read_text()
    assert page.count("<b>waits</b>") == 6 and "0 of 6 answers are marked" in page
    assert re.search(r'href="http://localhost:8888/formgrader/submissions/[0-9a-f]{32}/#q1-3-why"', page)
    assert "Doe" not in page and "0 of 0 answers" in (folder / "bob.html").read_text()
    with open(folder / "plan.csv", newline="") as file:
        assert sorted(row["student"] for row in csv.DictReader(file)) == sorted(CLASS)
    CliRunner().invoke(app, [*words, "--names"])
    assert "Jane Doe" in (folder / "ann.html").read_text()


@pytest.mark.parametrize(
    ("graders", "by", "said"),
    [
        (["ann", "ann"], "question", "each once"),
        ([], "question", "needs names"),
        (["../ann"], "question", "needs names"),
        (["ann"], "colour", "question or section"),
    ],
)
def test_bad_input_is_named(graded, graders, by, said):
    with pytest.raises(StaffError, match=said):
        marking.share(graded, "hw0-tiny", graders, by)


def test_without_sections_or_answers_it_says_so(proven):
    with pytest.raises(StaffError, match="nothing in hw0-tiny is for a grader"):
        marking.share(proven, "hw0-tiny", ["ann"])


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def test_two_who_save_at_once_lose_nothing(graded, tmp_path, kind):
    if kind == "postgresql" and not postgres.FOUND:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    with contextlib.ExitStack() as stack:
        if kind == "postgresql":
            address = stack.enter_context(postgres.running())
            with open(graded.root / "nbgrader_config.py", "a") as config:
                config.write(f"\nc.CourseDirectory.db_url = {address!r}\n")
            course = Course(graded.root)
            release.ensure_recorded(course, "hw0-tiny")
            autograde.autograde(course, "hw0-tiny", force=True)
        else:
            course = graded
        ann = stack.enter_context(formgrader.running(course.root, tmp_path / "ann"))
        bob = stack.enter_context(formgrader.running(course.root, tmp_path / "bob"))
        ids = ann.submissions("hw0-tiny")
        failed: list[Exception] = []
        done = threading.Event()
        points, comments = {}, {}  # what was saved last

        def mark(server, odd):
            """Round after round over the class: of one submission the one gives the points and the other comments."""
            try:
                turn = 0
                while turn < 5 or not done.is_set():
                    turn += 1
                    for n, name in enumerate(CLASS):
                        if n % 2 == odd:
                            grade = server.grade(ids[name], "q1-3-why")
                            server.ask(f"/api/grade/{grade['id']}", "PUT", manual_score=turn % 9 / 8, extra_credit=None)
                            points[name] = turn % 9 / 8
                        else:
                            comment = server.comment(ids[name], "q1-3-why")
                            server.ask(f"/api/comment/{comment['id']}", "PUT", manual_comment=f"said {turn}")
                            comments[name] = f"said {turn}"
            except Exception as error:
                failed.append(error)

        graders = [threading.Thread(target=mark, args=args) for args in ((ann, 0), (bob, 1))]
        for grader in graders:
            grader.start()
        submit(course, "New_Nora", answered(course))  # and somebody grades a submission that came late, meanwhile
        late = autograde.autograde(course, "hw0-tiny")
        release.release(course, "hw0-tiny")
        done.set()
        for grader in graders:
            grader.join()
        assert not failed and late.exit_code == 0
        for server in (ann, bob):
            for name in CLASS:
                assert server.grade(ids[name], "q1-3-why")["manual_score"] == points[name]
                assert server.comment(ids[name], "q1-3-why")["manual_comment"] == comments[name]
            assert not server.grade(server.submissions("hw0-tiny")["New_Nora"], "q1-3-why")["manual_score"]
        assert [a.student for a in marking.answers(course, "hw0-tiny") if a.score is None] == ["New_Nora"]
