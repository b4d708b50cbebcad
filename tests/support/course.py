"""A course in miniature: one assignment of two items and a theory question, with a bank, in a folder of its own."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursework.core.course import Course
from coursework.core.files import write_json

CONFIG = """
from coursework.configure import configure
c = get_config()
c.CourseDirectory.course_id = "tiny"
c.CourseworkSettings.cell_seconds = 6
c.CourseworkSettings.total_seconds = 40
c.CourseworkSettings.engine = "serial"
configure(c)
"""

SETUP = """# @title Set-up { display-mode: "form" }
from coursework.notebook import checks as check  # inlined
import numpy as np
"""
DOUBLE = '''def double(x):
    """Twice x, an array of any shape."""
    ### BEGIN SOLUTION
    # stub: raise NotImplementedError("1.1: double")
    twice_what_was_given = 2 * x
    return twice_what_was_given
    ### END SOLUTION
'''
DOUBLE_TEST = """check.close("double", lambda: double(np.array([1.0, 2.0])), lambda: np.array([2.0, 4.0]))
check.passed("1.1")
### BEGIN HIDDEN TESTS
x = np.random.default_rng(7).normal(size=(3, 2))
check.probe("double", lambda: double(x), said="called with a (3, 2) array")
check.probe("x after the call", lambda: x, clause="arguments")
### END HIDDEN TESTS
"""
CLAUSES = {"value": "it returns twice x", "arguments": "x stays as it is"}
VALUE = """### BEGIN SOLUTION
# stub: ans_1_2 = None
ans_1_2 = 6585
### END SOLUTION
"""
VALUE_TEST = """check.exists("ans_1_2", lambda: ans_1_2, int)
### BEGIN HIDDEN TESTS
check.probe("ans_1_2", lambda: ans_1_2)
### END HIDDEN TESTS
"""
QUESTION = """### 1.3 Why? (2 points)
Say why twice is not once.

=== BEGIN MARK SCHEME ===
2 — because one and one is two
=== END MARK SCHEME ===
"""
WHY = """### BEGIN SOLUTION
<!-- stub: *Your answer here.* -->
Because the sum of two equal parts differs from one part.
### END SOLUTION
"""
BANK = {
    "q1-1-double": {
        "04_plain.py": "def double(x):\n    return x + x\n",
        "04_in_steps.py": "def double(x):\n    y = x.copy()\n    y += x\n    return y\n",
        "04_times_two.py": "def double(x):\n    return np.multiply(x, 2.0)\n",
        "00_square.py": "# misconception: That is the square, not the double.\ndef double(x):\n    return x * x\n",
        "00_in_place.py": "def double(x):\n    x *= 2\n    return x\n",
        "00_none.py": "def double(x):\n    2 * x\n",
        "00_raises.py": "def double(x):\n    return x.double_it()\n",
        "00_half.py": "# misconception: The factor is upside down.\ndef double(x):\n    return x / 2\n",
        "00_equals_everything.py": (
            "class Any:\n    def __eq__(self, other):\n        return True\n\n\ndef double(x):\n    return Any()\n"
        ),
    },
    "q1-2-count": {
        "03_right.py": "ans_1_2 = 6000 + 585\n",
        "00_no_biases.py": "# misconception: The biases are missing.\nans_1_2 = 6500\n",
        "00_text.py": "ans_1_2 = 'many'\n",
    },
}


def meta(grade_id: str, points: float | None = None, solution: bool = False, locked: bool = True) -> dict:
    about = {
        "grade_id": grade_id,
        "grade": points is not None,
        "solution": solution,
        "locked": locked and not solution,
        "schema_version": 3,
        "task": False,
    }
    return {"nbgrader": about | ({} if points is None else {"points": points})}


def tiny_source() -> nbformat.NotebookNode:
    """The source notebook: 4 + 3 automatic points, 2 by hand."""
    cells = [
        new_markdown_cell("# Tiny\n<!-- badge -->\n<!-- release -->", id="title"),
        new_code_cell(SETUP, id="setup", metadata=meta("setup")),
        new_markdown_cell("## 1.1 Double (4 points)", id="q1-1-task"),
        new_code_cell(
            DOUBLE,
            id="q1-1-double",
            metadata=meta("q1-1-double", solution=True) | {"coursework": {"clauses": CLAUSES}},
        ),
        new_code_cell(DOUBLE_TEST, id="q1-1-double--values", metadata=meta("q1-1-double--values", 4)),
        new_code_cell(VALUE, id="q1-2-count", metadata=meta("q1-2-count", solution=True)),
        new_code_cell(VALUE_TEST, id="q1-2-count--value", metadata=meta("q1-2-count--value", 3)),
        new_markdown_cell(QUESTION, id="q1-3-question", metadata=meta("q1-3-question")),
        new_markdown_cell(WHY, id="q1-3-why", metadata=meta("q1-3-why", 2, solution=True)),
    ]
    about = {"assignment": "hw0-tiny", "title": "Tiny", "points": 9}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"coursework": about, "kernelspec": kernel})


def write_course(root: Path) -> Course:
    (root / "nbgrader_config.py").write_text(CONFIG)
    path = root / "source" / "hw0-tiny" / "hw0-tiny.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(tiny_source(), path)
    for item, answers in BANK.items():
        for name, text in answers.items():
            file = root / "bank" / "hw0-tiny" / item / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return Course(root)


def prepared(proven_files: Path, tmp_path_factory, prepare) -> Path:
    """The folder of a proven course on which `prepare` was called once; `copied` gives a test one of its own."""
    proven = Course(shutil.copytree(proven_files, tmp_path_factory.mktemp("prepared") / "course"))
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COURSEWORK_DATA", raising=False)
        prepare(proven)
    return proven.root


def copied(files: Path, tmp_path: Path, monkeypatch) -> Course:
    monkeypatch.delenv("COURSEWORK_DATA", raising=False)
    return Course(shutil.copytree(files, tmp_path / "course"))


def answered(course: Course, **answers: str) -> nbformat.NotebookNode:
    """The released tiny notebook with right answers, or these: double, count, why."""
    nb = nbformat.read(course.released("hw0-tiny"), as_version=4)
    texts = {
        "q1-1-double": answers.get("double", BANK["q1-1-double"]["04_plain.py"]),
        "q1-2-count": answers.get("count", BANK["q1-2-count"]["03_right.py"]),
        "q1-3-why": answers.get("why", "Because two is more."),
    }
    for cell in nb.cells:
        cell.source = texts.get(cell.id, cell.source)
    return nb


def submit(course: Course, student: str, nb: nbformat.NotebookNode) -> None:
    """Put a notebook where collect would put it."""
    folder = course.submitted(student, "hw0-tiny")
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(nb, folder / "hw0-tiny.ipynb")
    write_json(folder / "repair.json", {"student": student, "assignment": "hw0-tiny", "gradable": True, "repairs": []})


def take(course, inbox=None, matches=None, **settings):
    """Collect with these settings in the course's configuration."""
    path = course.root / "nbgrader_config.py"
    base = path.read_text().split("# settings")[0]
    lines = [f"c.CourseworkSettings.{name} = {value!r}\n" for name, value in settings.items()]
    path.write_text(f"{base}# settings\n{''.join(lines)}")
    from coursework.intake.collect import collect

    return collect(Course(course.root), inbox or course.root / "inbox", matches)


def put(course, name, nb=None, raw=None):
    path = course.root / "inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(raw if raw is not None else nbformat.writes(nb), encoding="utf-8")
    return path


def graded_class(files: Path, folder: Path, answers: dict[str, dict[str, str]], before=lambda course: None) -> Course:
    """A copy of the proven course in which everybody of `answers` (see `answered`) has handed in and is graded."""
    from coursework.grading.autograde import autograde

    course = Course(shutil.copytree(files, folder / "course"))
    before(course)
    course = Course(course.root)  # with the settings that `before` has written
    for student, given in answers.items():
        submit(course, student, answered(course, **given))
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COURSEWORK_DATA", raising=False)
        autograde(course, "hw0-tiny")
    return course
