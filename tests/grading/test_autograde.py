"""A class is graded: every notebook in its own sandbox, each score from values, nobody stops the others."""

import copy
import functools
import re
import socket
import subprocess
import sys
import threading

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.nbgraderformat import ValidationError
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from coursework.authoring import release
from coursework.core.course import Course, StaffError, alone
from coursework.core.files import read_json
from coursework.grading import autograde as stage
from coursework.grading import gradebook, preprocessors
from coursework.grading.autograde import autograde
from coursework.sandbox.engines import AHEAD, run_all
from tests.support.course import BANK, answered, submit

CRASH = "import os\ndef double(x):\n    os._exit(3)\n"
LOOP = "def double(x):\n    while True:\n        pass\n"
NOISY = "import sys\nprint('noise', file=sys.stderr)\nans_1_2 = 6585\n"
THIEF = "import os\nans_1_2 = [p for p in ('{0}/gradebook.db', '{0}/source', '{0}') if os.path.exists(p)] or 6585\n"
FORGER = """
from IPython.display import display
import numpy as np
class Ok(float):
    __eq__ = lambda s, o: True
    __hash__ = float.__hash__
check.probe = lambda name, got, **k: display(
    {"application/vnd.coursework.probe+json": {"name": name, "value": {"kind": "text", "value": "right"}, "rules": {}, "said": ""}},
    raw=True)
np.allclose = np.array_equal = lambda *a, **k: True
get_ipython().showtraceback = lambda *a, **k: None
ans_1_2 = Ok(1)
"""  # noqa: E501
FORGED_SHAPE = """from IPython.display import display
def double(x):
    if x.shape == (3, 2):
        value = {"kind": "array", "shape": 5}
        probe = {"name": "double", "value": value, "rules": {}, "said": ""}
        display({"application/vnd.coursework.probe+json": probe, "text/plain": ""}, raw=True)
        raise KeyboardInterrupt
    return x + x
"""


def scores(result):
    return {row.student: row.score for row in result.rows}


@pytest.fixture
def graded(proven):
    hand_ins = {
        "right": {},
        "wrong": {"double": "def double(x):\n    return x * x\n", "count": "ans_1_2 = 6500"},
        "crash": {"double": CRASH},
        "loop": {"double": LOOP},
        "noisy": {"count": NOISY},
        "thief": {"count": THIEF.format(proven.root)},
        "forger": {"count": FORGER},
    }
    for student, texts in hand_ins.items():
        submit(proven, student, answered(proven, **texts))
    submit(proven, "blank", nbformat.read(proven.released("hw0-tiny"), as_version=4))
    return proven, autograde(proven, "hw0-tiny")


def test_a_class(graded):
    course, result = graded
    expected = {
        "right": 7, "wrong": 0, "crash": 0, "loop": 3, "noisy": 7, "thief": 7, "forger": 4, "blank": 0,
    }  # fmt: skip
    assert scores(result) == expected
    assert result.exit_code == 3
    rows = {row.student: row for row in result.rows}
    assert [s for s, row in rows.items() if row.state == "review"] == ["crash"]
    assert rows["right"].waiting == 1 and rows["blank"].waiting == 0
    assert "kernel died" in rows["crash"].reasons[0] and "stopped after 6 s" in rows["loop"].reasons[0]
    cells = {s: read_json(course.autograded(s, "hw0-tiny") / "verdict.json")["cells"] for s in rows}
    assert cells["wrong"]["q1-1-double--values"]["message"].startswith("double")
    assert "The biases are missing." in cells["wrong"]["q1-2-count--value"]["message"]
    assert "not answered yet" in cells["blank"]["q1-1-double--values"]["message"]
    with Gradebook(course.db_url) as gradebook:
        for student, score in expected.items():
            assert gradebook.find_submission("hw0-tiny", student).score == score

    again = autograde(course, "hw0-tiny")
    assert not any(row.fresh for row in again.rows) and scores(again) == expected


def test_only_what_changed_is_graded_again_and_manual_grades_stay(proven):
    for student in ("ann", "bob", "cem"):
        submit(proven, student, answered(proven))
    autograde(proven, "hw0-tiny")
    with Gradebook(proven.db_url) as gradebook:
        for student in ("ann", "bob", "cem"):
            grade = gradebook.find_grade("q1-3-why", "hw0-tiny", "hw0-tiny", student)
            assert grade.needs_manual_grade
            grade.manual_score, grade.needs_manual_grade = 2, False
        gradebook.db.commit()
    submit(proven, "bob", answered(proven, double="def double(x):\n    return x / 2\n"))
    submit(proven, "cem", answered(proven, why="Because of something else."))
    result = autograde(proven, "hw0-tiny")
    assert [row.student for row in result.rows if row.fresh] == ["bob", "cem"]
    assert {row.student: row.waiting for row in result.rows} == {"ann": 0, "bob": 0, "cem": 1}
    assert scores(result) == {"ann": 7, "bob": 3, "cem": 7}
    forced = autograde(proven, "hw0-tiny", ["ann"], force=True)
    assert forced.rows[0].fresh and forced.rows[0].waiting == 0


def test_a_changed_test_is_graded_again(proven):
    submit(proven, "ann", answered(proven))
    autograde(proven, "hw0-tiny")
    path = proven.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    test = next(c for c in nb.cells if c.id == "q1-1-double--values")
    test.source = test.source.replace("default_rng(7)", "default_rng(8)")
    nbformat.write(nb, path)
    with pytest.raises(StaffError, match="run `coursework release hw0-tiny`"):
        autograde(proven, "hw0-tiny")
    release.release(proven, "hw0-tiny", unproven=True)
    result = autograde(proven, "hw0-tiny")
    assert result.rows[0].fresh and result.rows[0].score == 7


def test_one_thread_reads_the_source_and_the_release(proven, monkeypatch):
    """In Python 3.11 two threads that build syntax trees may end each other."""
    threads = []
    for module, name in ((gradebook, "reference"), (release, "ensure_recorded")):
        whole = getattr(module, name)
        noting = lambda *a, whole=whole, **k: (threads.append(threading.get_ident()), whole(*a, **k))[1]  # noqa: E731
        monkeypatch.setattr(module, name, noting)
    submit(proven, "ann", answered(proven))
    autograde(proven, "hw0-tiny")
    assert len(threads) >= 2 and set(threads) == {threading.get_ident()}


def test_a_fresh_clone_has_no_gradebook_yet(proven):
    (proven.root / "gradebook.db").unlink()
    submit(proven, "ann", answered(proven))
    assert scores(autograde(proven, "hw0-tiny")) == {"ann": 7}


def test_plain_nbgrader_autograde_uses_the_same_sandbox_and_judge(proven, monkeypatch):
    from nbgrader.converters import Autograde

    submit(proven, "ann", answered(proven))
    submit(proven, "bob", answered(proven, count=FORGER))
    monkeypatch.chdir(proven.root)
    converter = Autograde(coursedir=proven.directory("hw0-tiny"), config=proven.config)
    converter.create_student = True
    converter.start()
    with Gradebook(proven.db_url) as gradebook:
        assert gradebook.find_submission("hw0-tiny", "ann").score == 7
        assert gradebook.find_submission("hw0-tiny", "bob").score == 4


def test_clear_errors(proven):
    with pytest.raises(StaffError, match="coursework collect"):
        autograde(proven, "hw0-tiny")
    with pytest.raises(StaffError, match="no assignment 'hw9'"):
        autograde(proven, "hw9", None)
    submit(proven, "ann", answered(proven))
    with pytest.raises(StaffError, match="zed has no submission"):
        autograde(proven, "hw0-tiny", ["zed"])


def test_a_notebook_that_cannot_be_read_is_one_students_error(proven):
    for student in ("ann", "ben"):
        submit(proven, student, answered(proven))
    (proven.submitted("ann", "hw0-tiny") / "hw0-tiny.ipynb").write_text("")
    result = autograde(proven, "hw0-tiny")
    assert scores(result) == {"ann": 0, "ben": 7} and result.exit_code == 1
    assert "submitted/ann" in result.rows[0].error and "collect it again" in result.rows[0].error


def test_a_cell_that_is_there_twice_is_one_students_error(proven):
    """What was put into submitted/ by hand has not been repaired."""
    for student in ("ann", "ben"):
        submit(proven, student, answered(proven))
    nb = answered(proven)
    twice = copy.deepcopy(nb.cells[4])
    twice.id = "other"
    nb.cells.insert(4, twice)
    submit(proven, "cid", nb)
    (proven.submitted("ann", "hw0-tiny") / "repair.json").write_text("[]")
    result = autograde(proven, "hw0-tiny")
    rows = {row.student: row for row in result.rows}
    assert scores(result) == {"ann": 0, "ben": 7, "cid": 0} and result.exit_code == 1
    assert rows["ann"].error == "submitted/ann/hw0-tiny/repair.json cannot be read: collect it again"
    assert "submitted/cid/hw0-tiny is out of order (" in rows["cid"].error
    assert "\n" not in rows["cid"].error and "Error" not in rows["cid"].error
    assert not rows["ben"].error


def test_the_courses_files_replace_those_handed_in_but_for_what_nbgrader_is_told_to_keep(proven):
    submit(proven, "ann", answered(proven))
    theirs = proven.submitted("ann", "hw0-tiny")
    source = nbformat.read(proven.source("hw0-tiny"), as_version=4)
    source.metadata.setdefault("coursework", {})["files"] = ["a.csv", "b.csv"]
    nbformat.write(source, proven.source("hw0-tiny"))
    for folder, text in ((proven.source("hw0-tiny").parent, "the course's"), (theirs, "mine")):
        for name in ("a.csv", "b.csv"):
            (folder / name).write_text(text)
    proven.config.Autograde.exclude_overwriting = {"hw0-tiny": ["b.csv"]}
    assert scores(autograde(proven, "hw0-tiny")) == {"ann": 7}
    graded = proven.autograded("ann", "hw0-tiny")
    assert [(graded / name).read_text() for name in ("a.csv", "b.csv")] == ["the course's", "mine"]


def test_a_fault_in_concluding_is_one_students_error(proven, monkeypatch):
    for student in ("ann", "ben"):
        submit(proven, student, answered(proven))

    def written(course, assignment, student, *rest):
        if student == "ann":
            raise KeyError("type")
        return whole(course, assignment, student, *rest)

    whole = stage.record
    monkeypatch.setattr(stage, "record", written)
    result = autograde(proven, "hw0-tiny")
    assert scores(result) == {"ann": 0, "ben": 7} and "something is missing in it ('type')" in result.rows[0].error


def test_a_forged_value_is_a_wrong_answer_and_no_fault_of_ours(proven):
    submit(proven, "ann", answered(proven, double=FORGED_SHAPE))
    result = autograde(proven, "hw0-tiny")
    assert result.exit_code == 0 and result.rows[0].score == 3 and not result.rows[0].error


MADE_UP_END = """def double(x):
    kernel = get_ipython().kernel
    parent, who = kernel.get_parent("shell"), kernel._shell_parent_ident.get()
    reply = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    kernel.session.send(kernel.shell_stream, "execute_reply", content=reply, parent=parent, ident=who)
    idle = {"execution_state": "idle"}
    kernel.session.send(kernel.iopub_socket, "status", content=idle, parent=parent, ident=b"status")
    __import__("time").sleep(1)
    return 2 * x
"""


def test_a_test_whose_end_a_student_made_up_earns_nothing_and_needs_review(proven):
    submit(proven, "ann", answered(proven, double=MADE_UP_END))
    submit(proven, "ben", answered(proven, double=BANK["q1-1-double"]["00_raises.py"]))
    rows = {row.student: row for row in autograde(proven, "hw0-tiny").rows}
    assert (rows["ann"].score, rows["ann"].state) == (3, "review") and rows["ben"].state == "graded"
    assert "q1-1-double--values ended without an error before its results were sent" in " ".join(rows["ann"].reasons)


def test_one_run_at_a_time(proven):
    with alone(proven, "hw0-tiny"):
        with (
            pytest.raises(StaffError, match="being graded or collected here already"),
            alone(Course(proven.root), "hw0-tiny"),
        ):
            pass
        with alone(proven, "hw9-other"):
            pass
    with alone(proven, "hw0-tiny"):
        pass


def test_a_task_is_made_when_it_is_nearly_its_turn(proven):
    """The files of a whole class need not lie in memory together."""
    made, began, seen = [], {}, 0
    proven.settings.engine, proven.settings.workers = "dask", 2

    def make(key):
        made.append(key)
        return {"notebook": "no notebook", "handin": {}, "limits": {}}

    makers = {str(number): functools.partial(make, str(number)) for number in range(40)}
    for seen, (key, answer) in enumerate(run_all(proven, makers, lambda key, at: began.update({key: at})), 1):
        assert key in made and answer["error"]
        assert len(made) - seen <= AHEAD * proven.settings.workers == 6
    assert seen == len(made) == 40
    here = socket.gethostname()
    assert set(began) == set(made) and all(at.startswith(f"{here}/") for at in began.values())
    assert len(set(began.values())) == 2


def test_a_scheduler_that_does_not_answer_is_named(proven):
    with open(proven.root / "nbgrader_config.py", "a") as config:
        config.write('\nc.CourseworkSettings.scheduler = "tcp://127.0.0.1:9"\n')
    submit(proven, "ann", answered(proven))
    with pytest.raises(StaffError, match="no Dask scheduler answers"):
        autograde(Course(proven.root), "hw0-tiny")


def test_a_scheduler_that_goes_away_loses_nothing(proven):
    """One line instead of a traceback, and what was graded before stays graded."""
    start = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen([*start, "--no-dashboard"], stderr=subprocess.PIPE, text=True) as scheduler:
        address = next(found[1] for line in scheduler.stderr if (found := re.search(r"Scheduler at:\s+(tcp\S+)", line)))
        start = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        with subprocess.Popen(start, stderr=subprocess.DEVNULL, cwd=proven.root.parent) as worker:
            config = proven.root / "nbgrader_config.py"
            before = config.read_text()
            config.write_text(f'{before}\nc.CourseworkSettings.scheduler = "{address}"\n')
            for student in ("ann", "ben", "cid"):
                submit(proven, student, answered(proven))
            try:
                with pytest.raises(StaffError, match=r"went away, 1 of 3 done: start it, and run"):
                    autograde(Course(proven.root), "hw0-tiny", tell=lambda done, *_: scheduler.kill() if done else None)
            finally:
                scheduler.kill()
                worker.kill()
    config.write_text(before)
    result = autograde(Course(proven.root), "hw0-tiny")
    assert sorted(row.fresh for row in result.rows) == [False, True, True]
    assert scores(result) == dict.fromkeys(("ann", "ben", "cid"), 7)


def test_metadata_that_passed_once_is_not_checked_again_and_what_is_wrong_is_found(proven, monkeypatch):
    nb, checked = answered(proven), []
    monkeypatch.setattr(preprocessors.CheckMetadata, "passed", set())
    real = MetadataValidatorV3.validate_nb
    monkeypatch.setattr(MetadataValidatorV3, "validate_nb", lambda self, nb: (checked.append(1), real(self, nb))[1])
    for _ in range(3):
        preprocessors.CheckMetadata().preprocess(nb, {})
    assert len(checked) == 1
    nb.cells[-1].metadata.nbgrader["grade_id"] = nb.cells[-2].metadata.nbgrader["grade_id"]
    for _ in range(2):
        with pytest.raises(ValidationError):
            preprocessors.CheckMetadata().preprocess(nb, {})
