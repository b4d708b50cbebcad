"""Bad input gets one line that says what to do, and a non-zero exit."""

import contextlib
import io
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from coursework.authoring import publish
from coursework.cli import main
from coursework.cli.commands import app
from coursework.core import stopping
from coursework.core.course import Course, StaffError
from coursework.core.text import FULL
from coursework.notebook import download
from tests.support.course import answered, put, submit
from tests.support.solutions import COURSE


def coursework(*words, cwd):
    """What a command prints and ends with; in this process, where everything is imported and a sandbox is warm."""
    out, error = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(error),
        warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch,
    ):  # fmt: skip
        patch.setattr(sys, "argv", ["coursework", *map(str, words)])
        patch.setattr(stopping, "listen", lambda: None)  # the signals are pytest's
        try:
            code = main.main()
        except SystemExit as done:
            code = done.code
    return subprocess.CompletedProcess(words, code or 0, out.getvalue(), error.getvalue())


def terminal(*words, cwd):
    """The same in a process of its own."""
    command = [sys.executable, "-m", "coursework.cli.main", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["release", "hw9"], "no assignment 'hw9'"),
        (["collect", "nowhere"], "is not there"),
        (["collect", "nbgrader_config.py"], "is not a zip or tar archive"),
        (["autograde", "hw0-tiny"], "coursework collect"),
        (["feedback", "hw0-tiny"], "nobody is graded in hw0-tiny: run `coursework autograde hw0-tiny`"),
        (["report", "hw0-tiny"], "nobody is graded in hw0-tiny: run `coursework autograde hw0-tiny`"),
        (["grades", "hw0-tiny"], "nobody is graded in hw0-tiny: run `coursework autograde hw0-tiny`"),
        (["grades", "hw0-tiny", "--anonymous"], "nobody is graded in hw0-tiny"),
        (["grades", "hw0-tiny", "--shape", "canvas"], "nobody is graded in hw0-tiny"),
        (["grades", "hw0-tiny", "--shape", "moodle"], "nobody is graded in hw0-tiny"),
        (["grades", "hw0-tiny", "--shape", "gradescope"], "nobody is graded in hw0-tiny"),
        (["grades"], "nothing is graded yet: run `coursework autograde` first"),
        (["prove"], "name an assignment"),
        (["release", "hw0-tiny", "--publish", "out"], "badge_base"),
    ],
)
def test_one_line(proven, words, says):
    result = coursework(*words, cwd=proven.root)
    assert result.returncode == 1, result.stdout
    assert says in result.stderr and len(result.stderr.strip().splitlines()) == 1
    assert not [*proven.root.glob("grades*"), *proven.root.glob("report/**/*.*")]  # nothing is half written


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("c.CourseworkSettings.grace_days = '3'", "grace_days"),
        ("c.CourseworkSettings.grace_days = -3", "grace_days"),
        ("c.CourseworkSettings.late_multiplier = 10.0", "late_multiplier"),
        ("c.CourseworkSettings.deadlines = '2026-10-05'", "deadlines"),
        ("c.CourseworkSettings.deadlines = {'hw0_tiny': '2026-10-05 23:59'}", "deadline for 'hw0_tiny'"),
        ("c.CourseworkSettings.deadline = {}", "CourseworkSettings.deadline: did you mean deadlines?"),
        ("c.CourseworkSettings.workers = 1)", "line"),
        ("c.CourseworkSettings.roster = 'r.csv'", "extension hw0_tiny"),
    ],
)
def test_a_wrong_setting_is_one_line(proven, setting, says):
    (proven.root / "r.csv").write_text("id,last,first,extension hw0_tiny\na,A,B,5\n")
    submit(proven, "a", answered(proven))
    with (proven.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{setting}\n")
    result = coursework("autograde", "hw0-tiny", cwd=proven.root)
    assert result.returncode == 1 and says in result.stderr, result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def _cut_off(course):
    path = course.source("hw0-tiny")
    path.write_text(path.read_text()[:500])


def _release_cut_off(course):
    path = course.released("hw0-tiny")
    path.write_text(path.read_text()[:500])


def _unknown_check(course):
    path = course.source("hw0-tiny")
    path.write_text(path.read_text().replace('check.probe(\\"double', 'check.prob(\\"double'))


def _points(text):
    def points(course):
        path = course.source("hw0-tiny")
        path.write_text(path.read_text().replace('"points": 4', f'"points": {text}'))

    return points


def _latin(course):
    (course.bank("hw0-tiny") / "q1-1-double" / "00_latin.py").write_bytes("# é".encode("latin-1"))


def _vague(course):
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    nb.cells[4].source = nb.cells[4].source.replace("lambda: double(x), said", "lambda: double, said")
    nbformat.write(nb, path)


def _misspelt(course):
    path = course.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    nb.cells[3].metadata["coursework"] = {"need": []}
    nbformat.write(nb, path)


PROVE, RELEASE, CHECK = ["prove", "hw0-tiny"], ["release", "hw0-tiny"], ["release", "hw0-tiny", "--check"]
COLLECT = ["collect", "inbox"]


@pytest.mark.parametrize(
    ("mistake", "commands", "says"),
    [
        (_unknown_check, [PROVE, RELEASE], r"check\.prob, which (coursework\S+ does not have|does not exist)"),
        (_cut_off, [PROVE, RELEASE, CHECK], r"source/hw0-tiny/hw0-tiny\.ipynb cannot be read as a notebook.*line \d+"),
        (_release_cut_off, [CHECK, COLLECT], r"release/hw0-tiny/hw0-tiny\.ipynb cannot be read as a notebook"),
        (_points('"four"'), [PROVE, RELEASE], "q1-1-double--values is worth 'four' points"),
        (_points("-4"), [RELEASE], "q1-1-double--values is worth -4 points"),
        (_points("NaN"), [RELEASE], "q1-1-double--values is worth nan points"),
        (_vague, [PROVE], "q1-1-double--values of hw0-tiny emits 'double', which cannot be compared"),
        (_misspelt, [PROVE, RELEASE], r"cell \S+, coursework\.need is not a key that exists: did you mean needs\?"),
        (_latin, [PROVE, RELEASE], r"00_latin\.py is not UTF-8"),
    ],
)
def test_an_authors_mistake_is_one_line(course, monkeypatch, mistake, commands, says):
    monkeypatch.chdir(course.root)
    put(course, "Doe_Jane_hw0-tiny.ipynb", answered(course))
    mistake(course)
    for command in commands:
        error = CliRunner().invoke(app, command).exception
        assert isinstance(error, StaffError) and re.search(says, str(error)), (command, repr(error))
        assert "\n" not in str(error)


@pytest.mark.parametrize("command", ["grades", "autograde", "report"])
def test_a_damaged_gradebook_is_one_line(proven, command):
    submit(proven, "a", answered(proven))
    (proven.root / "gradebook.db").write_text("garbage\n" * 100)
    result = coursework(command, "hw0-tiny", cwd=proven.root)
    assert result.returncode == 1 and "gradebook" in result.stderr, result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_an_unknown_assignment_is_told_from_an_ungraded_one(proven):
    for command in ("report", "similarity", "autograde"):
        assert "no assignment 'hw9'" in coursework(command, "hw9", cwd=proven.root).stderr


def test_a_folder_in_the_place_of_a_file_leaves_nothing_behind(proven):
    submit(proven, "a", answered(proven))
    assert coursework("autograde", "hw0-tiny", cwd=proven.root).returncode == 0
    before = sorted(p.name for p in proven.root.parent.iterdir())
    result = coursework("grades", "hw0-tiny", "--out", proven.root, cwd=proven.root)
    assert result.returncode == 1 and len(result.stderr.strip().splitlines()) == 1
    assert sorted(p.name for p in proven.root.parent.iterdir()) == before


def test_outside_a_course(tmp_path):
    result = terminal("grades", "hw1-mlp", cwd=tmp_path)
    assert result.returncode == 1 and "nbgrader_config.py" in result.stderr


def test_the_week_of_an_instructor(proven):
    assert terminal("release", "hw0-tiny", "--check", cwd=proven.root).returncode == 0
    submit(proven, "Doe_Jane", answered(proven))
    graded = coursework("autograde", "hw0-tiny", cwd=proven.root)
    assert (
        graded.returncode == 0
        and "7 / 7" in graded.stdout
        and "Sandbox: bubblewrap" in graded.stdout
        and "walls hold" in graded.stdout
    )
    assert coursework("feedback", "hw0-tiny", cwd=proven.root).returncode == 3  # the written answer waits
    assert coursework("grades", "hw0-tiny", cwd=proven.root).returncode == 0
    assert '"Doe_Jane"' in (proven.root / "grades-hw0-tiny.csv").read_text()


def test_publish_copies_release_and_only_that(proven, tmp_path):
    config = proven.root / "nbgrader_config.py"
    setting = 'c.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"\nconfigure(c)'
    config.write_text(config.read_text().replace("\nconfigure(c)", "\n" + setting))
    result = coursework("release", "hw0-tiny", "--publish", tmp_path / "public", cwd=proven.root)
    assert result.returncode == 0, result.stderr
    files = [p.relative_to(tmp_path / "public").as_posix() for p in (tmp_path / "public").rglob("*") if p.is_file()]
    assert files == ["hw/hw0-tiny/hw0-tiny.ipynb"]


def test_what_is_public_stays_whole_where_the_disk_is_full(proven, tmp_path, monkeypatch):
    config = proven.root / "nbgrader_config.py"
    setting = 'c.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"\nconfigure(c)'
    config.write_text(config.read_text().replace("\nconfigure(c)", "\n" + setting))
    words = "release", "hw0-tiny", "--publish", tmp_path / "public"
    assert coursework(*words, cwd=proven.root).returncode == 0
    (public,) = (tmp_path / "public").rglob("*.ipynb")
    before, write = public.read_bytes(), Path.write_bytes

    def half(path, payload):
        if tmp_path / "public" not in path.parents:
            return write(path, payload)
        write(path, payload[: len(payload) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    result = coursework(*words, cwd=proven.root)
    assert (result.returncode, result.stderr) == (1, f"coursework: {FULL}\n")
    assert public.read_bytes() == before and [p.name for p in public.parent.iterdir()] == [public.name]


def test_each_shipped_assignment_can_be_published(tmp_path):
    """A line of another assignment's solution is no secret of this one."""
    shutil.copytree(COURSE.root / "source", tmp_path / "source")
    shutil.copytree(COURSE.root / "release", tmp_path / "release")
    setting = 'c = get_config()\nc.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"\n'
    (tmp_path / "nbgrader_config.py").write_text(setting)
    course, said = Course(tmp_path), []
    for assignment in course.assignments:
        path = course.released(assignment)
        badge = f"{publish.COLAB}/github/uni/dl/blob/main/hw/{assignment}/{assignment}.ipynb"
        nb = nbformat.read(path, as_version=4)
        nb.cells[0].source += f"\n({badge})"
        nbformat.write(nb, path)
        said = publish.publish(course, assignment, tmp_path / "public")
    assert len(said) == len(course.assignments) and all("public already" in line for line in said[1:])


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("bank/hw0-tiny/q1-1-double/04_plain.py", "x", "bank is there"),
        ("old/source/hw0-tiny/hw0-tiny.ipynb", "x", "source is there"),
        ("answers.py", "x = 1\n### BEGIN SOLUTION\n", "answers.py has 'BEGIN SOLUTION'"),
        ("deep/notes.md", "=== BEGIN MARK SCHEME ===", "notes.md has 'BEGIN MARK SCHEME'"),
        ("00_wrong.py", "# misconception: The biases are missing.\n", "00_wrong.py has '# misconception:'"),
    ],
)
def test_publish_refuses_a_place_that_holds_answers(tmp_path, file, text, says):
    for allowed in ("docs/source/conf.py", ".git/packed", "README.md"):
        (tmp_path / allowed).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / allowed).write_text("BEGIN SOLUTION" if ".git" in allowed else "what students may read")
    (tmp_path / "image.png").write_bytes(b"\0BEGIN SOLUTION")
    assert publish._private(tmp_path, ["hw0-tiny"]) == ""
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text)
    assert says in publish._private(tmp_path, ["hw0-tiny"])


def test_publish_copies_nothing_to_where_answers_are(proven, tmp_path):
    config = proven.root / "nbgrader_config.py"
    setting = 'c.CourseworkSettings.badge_base = "uni/dl/blob/main/hw"\nconfigure(c)'
    config.write_text(config.read_text().replace("\nconfigure(c)", "\n" + setting))
    shutil.copytree(proven.root / "bank", tmp_path / "public" / "bank")
    run = CliRunner().invoke(
        app, ["release", "hw0-tiny", "--publish", str(tmp_path / "public"), "--course", str(proven.root)]
    )
    assert isinstance(run.exception, StaffError) and "is not a public copy" in str(run.exception)
    assert [p.name for p in (tmp_path / "public").iterdir()] == ["bank"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["release", "hw0-tiny", "--check", "--publish", "out"], "leave it or --publish out"),
        (["pdf", "hw0-tiny", "--out", "x.pdf"], "--out is for one notebook"),
        (["pdf", "x.ipynb", "--submissions"], "is one notebook"),
        (["pdf", "hw0-tiny", "--submissions", "--staff"], "say one of them"),
    ],
)
def test_options_that_would_do_nothing_are_refused(proven, monkeypatch, words, says):
    monkeypatch.chdir(proven.root)
    run = CliRunner().invoke(app, words)
    assert isinstance(run.exception, StaffError) and says in str(run.exception)


def test_check_without_a_proof(proven, monkeypatch):
    monkeypatch.chdir(proven.root)
    proven.proof("hw0-tiny").unlink()
    check = ["release", "hw0-tiny", "--check"]
    assert "no proof record" in str(CliRunner().invoke(app, check).exception)
    run = CliRunner().invoke(app, [*check, "--unproven"])
    assert run.exit_code == 0 and "is what source/hw0-tiny gives" in run.output


def test_data_fills_a_folder_that_is_not_there_yet(proven, monkeypatch):
    monkeypatch.chdir(proven.root)
    seen = []
    monkeypatch.setattr(download, "fetch", lambda names, root, verify_only: seen.append(root) or 0)
    monkeypatch.setenv("COURSEWORK_DATA", "new")
    assert CliRunner().invoke(app, ["data"]).exit_code == 0
    monkeypatch.delenv("COURSEWORK_DATA")
    assert CliRunner().invoke(app, ["data"]).exit_code == 0
    assert seen == [proven.root / "new", proven.root / "data"]
