"""`coursework new`: a small assignment that is complete, so that an author begins with something that proves.

It has each part once: set-up, a code question with its tests and its bank, a written answer with a mark scheme, the
file's name, and the cell that checks the submission. An author replaces the parts one by one and proves again.
"""

import re
import shutil
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from coursework.core.course import Course, StaffError
from coursework.core.files import write_whole

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

TITLE = """# {title}
**10 points**: 6 are given by tests, 4 by a grader. Due on the date in the course calendar.

<!-- badge -->

<!-- release -->"""
HOW_TO = """In Colab: **File → Save a copy in Drive**, and work in the copy. Run the set-up cell, then go from top to
bottom. The check below an answer says whether it can be graded. At the end: **Runtime → Run all**, save, download
the `.ipynb`."""
SETUP = """# @title Set-up { display-mode: "form" }
from coursework.notebook import checks as check  # inlined
import sys

import numpy as np

np.random.seed(0)
print(f"Python {sys.version.split()[0]}, NumPy {np.__version__}")"""
TASK = """## 1.1 Standardise (6 points)
A network learns faster when its inputs have similar sizes. Write `standardise(X)`: `X` is a float array of shape
(N, D), a row for each sample. The result is a new array of the same shape in which each column has the mean 0 and the
standard deviation 1 (divide by N). `X` itself does not change. There is no loop over samples.

A column whose entries are all equal becomes 0."""
STANDARDISE = '''def standardise(X):
    """`X`, float (N, D), with the mean 0 and the standard deviation 1 in each column; a new array."""
    ### BEGIN SOLUTION
    # stub: raise NotImplementedError("1.1: standardise")
    centred = X - X.mean(axis=0)
    spread = X.std(axis=0)
    return centred / np.where(spread > 0, spread, 1.0)
    ### END SOLUTION'''
CLAUSES = {
    "value": "returns an array of shape (N, D) whose columns have the mean 0 and the standard deviation 1",
    "arguments": "does not change X",
    "again": "gives the same result when it is called again",
    "equal": "makes a column of equal entries 0",
    "loop": "has no loop over samples",
}
VALUES = """Z = check.like("standardise", lambda: standardise(np.array([[1.0, 5.0], [3.0, 9.0], [8.0, 1.0]])), (3, 2))
check.close("the means of your columns", Z.mean(axis=0), np.zeros(2), atol=1e-9)
check.passed("1.1")
### BEGIN HIDDEN TESTS
X = np.random.default_rng(11).normal(3.0, 2.0, size=(7, 4))
check.call("standardise", standardise, X, said="called with a (7, 4) array", without=("model", "fresh"))
make = lambda n: (np.random.default_rng(n).normal(size=(n, 3)),)
check.steps("steps for many samples", lambda X: standardise(X), make)
### END HIDDEN TESTS"""
EQUAL = """check.like("a column of equal entries", lambda: standardise(np.array([[2.0, 1.0], [2.0, 4.0]])), (2, 2))
### BEGIN HIDDEN TESTS
X = np.random.default_rng(12).normal(size=(5, 3))
X[:, 1] = 4.0
check.probe("a column of equal entries", lambda: standardise(X)[:, 1], clause="equal", said="a (5, 3) array")
### END HIDDEN TESTS"""
QUESTION = """## 1.2 Which numbers? (4 points)
The test images are standardised, too. Which mean and standard deviation do you use for them, and why not the others?

=== BEGIN MARK SCHEME ===
- 2 — those of the training images
- 2 — the test images stand for data that is not known yet: their own numbers would tell the network about them

Look for: "both are the same"; only a recipe without a reason.
=== END MARK SCHEME ==="""
WRITTEN = """### BEGIN SOLUTION
<!-- stub: *Your answer here.* -->
The mean and the standard deviation of the training images. The test images stand for data that arrives later, one image
at a time, so nothing may be computed from all of them together.
### END SOLUTION"""
THE_END = """## Submit
Type the name under which you will upload this file: `Last_First_{name}.ipynb`, with your own names. Then
**Runtime → Run all**, save, and run the last cell once more."""
FILE_NAME = """### BEGIN SOLUTION
# stub: FILE_NAME = ""
FILE_NAME = "Curie_Marie_{name}.ipynb"
### END SOLUTION"""
SUBMIT = """# @title Check your submission { display-mode: "form" }
from coursework.notebook import submission as handin  # inlined

handin.hand_in("{name}", FILE_NAME)"""

BANK = {
    "06_with_numpy.py": """def standardise(X):
    spread = X.std(axis=0)
    spread[spread == 0] = 1.0
    return (X - X.mean(axis=0)) / spread
""",
    "06_by_hand.py": """def standardise(X):
    mean = X.sum(axis=0) / len(X)
    variance = ((X - mean) ** 2).sum(axis=0) / len(X)
    return (X - mean) / np.sqrt(np.where(variance == 0, 1.0, variance))
""",
    "06_column_by_column.py": """def standardise(X):
    Z = np.zeros_like(X)
    for j in range(X.shape[1]):
        column = X[:, j] - X[:, j].mean()
        Z[:, j] = column if not column.any() else column / column.std()
    return Z
""",
    "02_means_of_the_rows.py": """# misconception: That standardises each row; each column, a feature, has the mean 0.
def standardise(X):
    spread = X.std(axis=1, keepdims=True)
    Z = (X - X.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1.0)
    Z[:, X.std(axis=0) == 0] = 0.0
    return Z
""",
    "02_divides_by_n_minus_1.py": """# misconception: That divides by N - 1; the question divides by N.
def standardise(X):
    spread = X.std(axis=0, ddof=1)
    return (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
""",
    "02_changes_its_argument.py": """def standardise(X):
    spread = X.std(axis=0)
    X -= X.mean(axis=0)
    X /= np.where(spread > 0, spread, 1.0)
    return X
""",
    "02_changes_only_its_argument.py": """def standardise(X):
    spread = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    X -= X.mean(axis=0)
    return Z
""",
    "02_remembers_the_first_mean.py": """seen = []


def standardise(X):
    if len(seen) < 1 or seen[0].shape != X.mean(axis=0).shape:
        seen[:] = [X.mean(axis=0)]
    else:
        seen[0] = seen[0] + 1.0
    spread = X.std(axis=0)
    return (X - seen[0]) / np.where(spread > 0, spread, 1.0)
""",
    "04_equal_column_is_nan.py": """def standardise(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)
""",
    "02_loops_over_samples.py": """def standardise(X):
    mean, spread = X.mean(axis=0), X.std(axis=0)
    return np.array([(row - mean) / np.where(spread > 0, spread, 1.0) for row in X])
""",
}


def _meta(grade_id: str, points: float | None = None, solution: bool = False) -> dict:
    about = {"grade_id": grade_id, "grade": points is not None, "solution": solution, "locked": not solution}
    return {"nbgrader": about | {"schema_version": 3, "task": False} | ({} if points is None else {"points": points})}


def notebook(name: str, title: str) -> NotebookNode:
    """The source notebook of a new assignment: 6 points by tests, 4 by a grader."""
    contract = {"coursework": {"clauses": CLAUSES}}
    cells = [
        new_markdown_cell(TITLE.format(title=title), id="title"),
        new_markdown_cell(HOW_TO, id="how-to"),
        new_code_cell(SETUP, id="setup", metadata=_meta("setup")),
        new_markdown_cell(TASK, id="q1-1-task"),
        new_code_cell(STANDARDISE, id="q1-1-standardise", metadata=_meta("q1-1-standardise", solution=True) | contract),
        new_code_cell(VALUES, id="q1-1-standardise--values", metadata=_meta("q1-1-standardise--values", 4)),
        new_code_cell(EQUAL, id="q1-1-standardise--equal", metadata=_meta("q1-1-standardise--equal", 2)),
        new_markdown_cell(QUESTION, id="q1-2-question", metadata=_meta("q1-2-question")),
        new_markdown_cell(WRITTEN, id="q1-2-which", metadata=_meta("q1-2-which", 4, solution=True)),
        new_markdown_cell(THE_END.format(name=name), id="the-end"),
        new_code_cell(FILE_NAME.format(name=name), id="file-name", metadata=_meta("file-name", solution=True)),
        new_code_cell(SUBMIT.replace("{name}", name), id="hand-in", metadata=_meta("hand-in")),
    ]
    about = {"assignment": name, "title": title, "points": 10}
    language = {"name": "python"}
    return new_notebook(cells=cells, metadata={"coursework": about, "kernelspec": KERNEL, "language_info": language})


def new(course: Course, name: str, title: str = "") -> list[Path]:
    """Write source/`name`/ and bank/`name`/, whole or not at all.

    Args:
        name: Id of the assignment: lower-case letters, digits and hyphens, as `hw6-attention`.
        title: As people call it; by default made from `name`.

    Returns:
        The two folders.

    Raises:
        StaffError: When `name` is not an id, or source/ or bank/ has it already.
    """
    if not NAME.fullmatch(name):
        raise StaffError(
            f"{name!r} is not an assignment's id: use lower-case letters, digits and hyphens, as in hw6-attention"
        )
    source, bank = course.stage("source") / name, course.bank(name)
    for folder in (source, bank):
        if folder.exists():
            raise StaffError(f"{folder} is there already: choose another name, or edit that one")
    title = title or name.partition("-")[2].replace("-", " ").capitalize() or name
    try:
        for file, text in BANK.items():
            (bank / "q1-1-standardise").mkdir(parents=True, exist_ok=True)
            write_whole(bank / "q1-1-standardise" / file, text)
        source.mkdir(parents=True)
        write_whole(source / f"{name}.ipynb", nbformat.writes(notebook(name, title)) + "\n")
    except OSError:
        for folder in (source, bank):
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return [source, bank]
