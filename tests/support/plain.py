"""Assignments of plain nbgrader, each in a teacher's own style, with right and wrong answers: five, and the two
notebooks with tests that nbgrader's own documentation has (its quickstart, and the one for autotests).

They hold nothing of this course: `nbgrader autograde` grades them as they are. `write` makes an nbgrader source folder.
"""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import nbgrader
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


@dataclass
class Plain:
    """`answers`: variant → grade_id of the answer → text. `scores`: variant → what nbgrader gives by itself."""

    cells: list[nbformat.NotebookNode]
    answers: dict[str, dict[str, str]]
    scores: dict[str, float]
    files: dict[str, str | bytes] = field(default_factory=dict)


def text(source: str) -> nbformat.NotebookNode:
    return new_markdown_cell(source)


def code(source: str) -> nbformat.NotebookNode:
    return new_code_cell(source)


def _meta(grade_id: str, grade: bool, solution: bool, points: float | None, task: bool = False) -> dict:
    about = {"grade_id": grade_id, "grade": grade, "solution": solution, "locked": task or (grade and not solution)}
    about |= {"schema_version": 3, "task": task}
    return {"nbgrader": about | ({} if points is None else {"points": points})}


def answer(grade_id: str, source: str) -> nbformat.NotebookNode:
    return new_code_cell(source, metadata=_meta(grade_id, False, True, None))


def test(grade_id: str, points: float, source: str) -> nbformat.NotebookNode:
    return new_code_cell(source, metadata=_meta(grade_id, True, False, points))


def written(grade_id: str, points: float, source: str) -> nbformat.NotebookNode:
    return new_markdown_cell(source, metadata=_meta(grade_id, True, True, points))


def task(grade_id: str, points: float, source: str) -> nbformat.NotebookNode:
    return new_markdown_cell(source, metadata=_meta(grade_id, False, False, points, task=True))


# In the manner of nbgrader's quickstart: bare asserts, try/except/else, a function that must use another one.
CUBES = Plain(
    [
        text("# Cubes\nFill in what says YOUR CODE HERE."),
        text("## A (2 points)\nA list of the first `n` cubes; a `ValueError` where `n` is negative."),
        answer(
            "cubes",
            'def cubes(n):\n    """The cubes of 1 to n."""\n    ### BEGIN SOLUTION\n    if n < 0:\n'
            '        raise ValueError("n is negative")\n    return [k**3 for k in range(1, n + 1)]\n'
            "    ### END SOLUTION",
        ),
        text("It should show `[1, 8, 27]`:"),
        code("cubes(3)"),
        test("right_cubes", 1, '"""The first cubes"""\nassert cubes(1) == [1]\nassert cubes(4) == [1, 8, 27, 64]'),
        test(
            "no_negative_cubes",
            1,
            '"""It refuses"""\ntry:\n    cubes(-1)\nexcept ValueError:\n    pass\nelse:\n'
            '    raise AssertionError("nothing was raised")',
        ),
        text("## B (1 point)\nTheir sum, by your own `cubes`."),
        answer(
            "sum_cubes",
            "def sum_cubes(n):\n    ### BEGIN SOLUTION\n    return sum(cubes(n))\n    ### END SOLUTION",
        ),
        test("right_sum", 0.5, "assert sum_cubes(1) == 1\nassert sum_cubes(5) == 225"),
        test(
            "uses_cubes",
            0.5,
            "kept = cubes\ndel cubes\ntry:\n    sum_cubes(2)\nexcept NameError:\n    pass\nelse:\n"
            '    raise AssertionError("sum_cubes does not use cubes")\nfinally:\n    cubes = kept',
        ),
        text("## C (2 points)\nWhich formula is it?"),
        written("formula", 2, "$(n(n+1)/2)^2$"),
        task("try-it", 3, "## D (3 points)\nFind a use of it, and show it in cells of your own."),
    ],
    {
        "right": {
            "cubes": "def cubes(n):\n    if n < 0:\n        raise ValueError\n    found = []\n"
            "    for k in range(n):\n        found.append((k + 1) ** 3)\n    return found",
            "sum_cubes": "def sum_cubes(n):\n    total = 0\n    for c in cubes(n):\n        total += c\n"
            "    return total",
        },
        "wrong": {
            "cubes": "def cubes(n):\n    return [k**3 for k in range(n)]",
            "sum_cubes": "def sum_cubes(n):\n    return (n * (n + 1) // 2) ** 2",
        },
    },
    {"right": 3, "wrong": 0.5, "blank": 0},
)

# NumPy's own assertions, hidden regions, loops, and a file of data beside the notebook.
HEIGHTS = Plain(
    [
        text("# Heights"),
        code('import numpy as np\nfrom numpy.testing import assert_allclose\n\nheights = np.loadtxt("heights.csv")'),
        answer(
            "spread",
            "def spread(x):\n    ### BEGIN SOLUTION\n    return np.sqrt(((x - x.mean()) ** 2).mean())\n"
            "    ### END SOLUTION",
        ),
        test(
            "spread_of_heights",
            2,
            "assert isinstance(spread(heights), float)\nassert_allclose(spread(heights), 0.0816497, rtol=1e-4)\n"
            "### BEGIN HIDDEN TESTS\nnp.testing.assert_almost_equal(spread(np.array([1.0, 3.0])), 1.0, decimal=6)\n"
            "### END HIDDEN TESTS",
        ),
        answer(
            "scaled",
            "def scaled(x):\n    ### BEGIN SOLUTION\n    return (x - x.min()) / (x.max() - x.min())\n"
            "    ### END SOLUTION",
        ),
        test(
            "scaled_is_between",
            1,
            "z = scaled(heights)\nassert z.shape == (3,)\nassert z.min() >= 0 and z.max() <= 1\n"
            "assert abs(z.sum() - 1.5) < 1e-6",
        ),
        test(
            "scaled_hidden",
            2,
            "### BEGIN HIDDEN TESTS\nfor n in (2, 5, 9):\n    x = np.arange(n) * 2.0\n"
            "    np.testing.assert_array_almost_equal(scaled(x), np.linspace(0, 1, n))\n### END HIDDEN TESTS",
        ),
    ],
    {
        "right": {
            "spread": "def spread(x):\n    return float(np.std(x))",
            "scaled": "def scaled(x):\n    low = np.amin(x)\n    return np.divide(x - low, np.amax(x) - low)",
        },
        "wrong": {
            "spread": "def spread(x):\n    return float(np.std(x, ddof=1))",
            "scaled": "def scaled(x):\n    return np.clip(x - 1.5, 0, 1) + np.array([0.0, 0.4, 0.8])[: len(x)]"
            " if len(x) == 3 else x / x.max() + 1",
        },
    },
    {"right": 5, "wrong": 0, "blank": 0},
    {"heights.csv": "1.6\n1.7\n1.8\n"},
)

# PyTorch: a module, tolerances, types; and a law that only the student's process can decide.
LAYER = Plain(
    [
        text("# A layer"),
        code("import torch\nfrom torch import nn\n\ntorch.manual_seed(0)"),
        answer(
            "Scale",
            "class Scale(nn.Module):\n    ### BEGIN SOLUTION\n    def __init__(self, size):\n"
            "        super().__init__()\n"
            "        self.weight = nn.Parameter(torch.ones(size))\n\n    def forward(self, x):\n"
            "        return x * self.weight\n    ### END SOLUTION",
        ),
        test(
            "scale_is_a_module",
            1,
            "layer = Scale(3)\nassert isinstance(layer, nn.Module)\n"
            'assert len(list(layer.parameters())) == 1, "one parameter, please"',
        ),
        test(
            "scale_forward",
            2,
            "layer = Scale(3)\nx = torch.arange(6.0).reshape(2, 3)\ntorch.testing.assert_close(layer(x), x)\n"
            "### BEGIN HIDDEN TESTS\nwith torch.no_grad():\n    layer.weight.fill_(2.0)\n"
            "assert torch.allclose(layer(x), 2 * x, atol=1e-6)\n### END HIDDEN TESTS",
        ),
        test(
            "scale_is_linear",
            1,
            "layer = Scale(4)\na, b = torch.randn(2, 4), torch.randn(2, 4)\n"
            "### BEGIN HIDDEN TESTS\n"
            'assert torch.allclose(layer(a + b), layer(a) + layer(b), atol=1e-5), "it is not linear"\n'
            "### END HIDDEN TESTS",
        ),
    ],
    {
        "right": {
            "Scale": "class Scale(nn.Module):\n    def __init__(self, size):\n        super().__init__()\n"
            "        self.weight = nn.Parameter(torch.full((size,), 1.0))\n\n    def forward(self, x):\n"
            "        return torch.mul(self.weight, x)"
        },
        "wrong": {
            "Scale": "class Scale(nn.Module):\n    def __init__(self, size):\n        super().__init__()\n"
            "        self.weight = nn.Parameter(torch.ones(size))\n\n    def forward(self, x):\n"
            "        return x * self.weight + 0.01"
        },
    },
    {"right": 4, "wrong": 1, "blank": 0},
)

# Partial credit: the last line's number is the points; and a test function of the teacher's own.
ROOTS = Plain(
    [
        text("# Roots"),
        code("import math"),
        answer(
            "roots",
            "def roots(a, b, c):\n    ### BEGIN SOLUTION\n    d = b * b - 4 * a * c\n    if d < 0:\n        return []\n"
            "    return sorted({(-b - math.sqrt(d)) / (2 * a), (-b + math.sqrt(d)) / (2 * a)})\n    ### END SOLUTION",
        ),
        test(
            "roots_partial",
            4,
            "points = 0\nif len(roots(1, 0, -1)) == 2:\n    points += 1\nif roots(1, 0, 1) == []:\n    points += 1\n"
            "### BEGIN HIDDEN TESTS\nif roots(1, -2, 1) == [1.0]:\n    points += 2\n### END HIDDEN TESTS\npoints",
        ),
        answer("halve", "def halve(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION"),
        test(
            "halve_by_cases",
            2,
            "def by_cases(function):\n    for given, wanted in ((2, 1.0), (3, 1.5)):\n"
            '        assert function(given) == wanted, f"not for {given}"\n\nby_cases(halve)',
        ),
        test("halve_again", 1, "by_cases(lambda x: halve(2 * x) / 2)\nassert halve(halve(4)) == halve(2)"),
    ],
    {
        "right": {
            "roots": "def roots(a, b, c):\n    inner = b**2 - 4 * a * c\n    if inner < 0:\n        return []\n"
            "    if inner == 0:\n        return [-b / (2 * a)]\n    s = inner**0.5\n"
            "    return [(-b - s) / (2 * a), (-b + s) / (2 * a)]",
            "halve": "def halve(x):\n    return 0.5 * x",
        },
        "wrong": {
            "roots": "def roots(a, b, c):\n    d = b * b - 4 * a * c\n    if d < 0:\n        return []\n"
            "    return [(-b - d**0.5) / (2 * a), (-b + d**0.5) / (2 * a)]",
            "halve": "def halve(x):\n    return x // 2",
        },
    },
    {"right": 7, "wrong": 3, "blank": 0},
)

# Words: strings, dictionaries, sets, unittest's and pytest's manners.
WORDS = Plain(
    [
        text("# Words"),
        code("import unittest\n\nfrom pytest import approx, raises\n\ncase = unittest.TestCase()"),
        answer(
            "count",
            "def count(line):\n    ### BEGIN SOLUTION\n    found = {}\n    for word in line.lower().split():\n"
            "        found[word] = found.get(word, 0) + 1\n    return found\n    ### END SOLUTION",
        ),
        test(
            "count_cases",
            2,
            'assert count("a b a") == {"a": 2, "b": 1}\nassert count("") == {}\n'
            'case.assertEqual(count("A a"), {"a": 2})\n'
            "with raises(AttributeError):\n    count(3)",
        ),
        answer("letters", "def letters(word):\n    ### BEGIN SOLUTION\n    return set(word)\n    ### END SOLUTION"),
        test("letters_set", 1, 'assert letters("abba") == {"a", "b"}\nassert "a" in letters("a")'),
        answer("share", "### BEGIN SOLUTION\nshare = 1 / 3\n### END SOLUTION"),
        test(
            "share_value", 1, "assert share == approx(0.3333333, rel=1e-5)\nassert 0 < share < 1\nassert not share > 1"
        ),
    ],
    {
        "right": {
            "count": "from collections import Counter\n\n\ndef count(line):\n"
            "    return dict(Counter(line.lower().split()))",
            "letters": "def letters(word):\n    return {c for c in word}",
            "share": "share = 0.5 - 1 / 6",
        },
        "wrong": {
            "count": "def count(line):\n    return {w: line.count(w) for w in line.split()}",
            "letters": "def letters(word):\n    return set(word)",
            "share": "share = 0.33",
        },
    },
    {"right": 4, "wrong": 1, "blank": 0},
)

DOCUMENTED = Path(nbgrader.__file__).parent / "docs" / "source" / "user_guide"
SQUARES = {
    "right": {
        "squares": "import math\n\n\ndef squares(n):\n    if not n >= 1:\n        raise ValueError('too small')\n"
        "    found = []\n    for i in range(n):\n        found += [math.prod((i + 1, i + 1))]\n    return found",
        "sum_of_squares": "def sum_of_squares(n):\n    total = 0\n    for s in squares(n):\n        total += s\n"
        "    return total",
    },
    "wrong": {
        "squares": "def squares(n):\n    return [i**2 for i in range(n)]",
        "sum_of_squares": "def sum_of_squares(n):\n    return n * (n + 1) * (2 * n + 1) // 6",
    },
}


def documented(folder: str, scores: dict[str, float], *files: str) -> Plain:
    """problem1 of a folder of nbgrader's documentation, as it is installed."""
    place = DOCUMENTED / "source" / folder
    nb = nbformat.read(place / "problem1.ipynb", as_version=4)
    make = {"code": new_code_cell, "markdown": new_markdown_cell}
    cells = [make[c.cell_type](c.source, metadata=c.metadata) for c in nb.cells]
    found = {name: (DOCUMENTED / name if name in files else place / name) for name in ("jupyter.png", *files)}
    return Plain(cells, SQUARES, scores, {name: path.read_bytes() for name, path in found.items()})


QUICKSTART = documented("ps1", {"right": 3, "wrong": 0.5, "blank": 0})
AUTOTESTS = documented("ps1_autotest", {"right": 3, "wrong": 0.5, "blank": 0}, "autotests.yml")

ALL = {"cubes": CUBES, "heights": HEIGHTS, "layer": LAYER, "roots": ROOTS, "words": WORDS}
ALL |= {"quickstart": QUICKSTART, "autotests": AUTOTESTS}


def write(folder: Path, name: str) -> Path:
    """The nbgrader source folder of one of them: folder/name/name.ipynb and its files."""
    plain, place = ALL[name], folder / name
    place.mkdir(parents=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=plain.cells, metadata=kernel), place / f"{name}.ipynb")
    put(place, plain)
    return place


def put(folder: Path, plain: Plain) -> None:
    """Write the files that are beside the notebook."""
    for file, content in plain.files.items():
        (folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())


def by_nbgrader(root: Path, names: list[str]) -> dict[tuple[str, str], float]:
    """(assignment, variant) → points by stock `nbgrader autograde`, in a course of its own."""
    from nbgrader.api import Gradebook

    def run(command: str, name: str) -> None:
        subprocess.run([sys.executable, "-m", "nbgrader", command, name], cwd=root, check=True, capture_output=True)

    (root / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "stock"\n')
    found = {}
    for name in names:
        about = ALL[name]
        write(root / "source", name)
        run("generate_assignment", name)
        for variant in about.scores:
            nb = nbformat.read(root / "release" / name / f"{name}.ipynb", as_version=4)
            folder = root / "submitted" / variant / name
            folder.mkdir(parents=True)
            nbformat.write(fill(nb, name, variant), folder / f"{name}.ipynb")
            put(folder, about)
        run("autograde", name)
        with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
            for variant in about.scores:
                grades = gradebook.find_submission_notebook(name, name, variant).grades
                found[name, variant] = sum(g.auto_score or 0 for g in grades)
    return found


CONFIG = """
from coursework.configure import configure
c = get_config()
c.CourseDirectory.course_id = "plain"
c.CourseworkSettings.engine = "serial"
c.CourseworkSettings.assert_tests = True
configure(c)
"""


def imported(root: Path, names: list[str]) -> tuple[dict, dict[tuple[str, str], float]]:
    """(assignment → what `coursework import` said, (assignment, variant) → automatic points here)."""
    from coursework.authoring import importing, release
    from coursework.core.course import Course
    from coursework.core.files import write_json
    from coursework.grading.autograde import autograde

    (root / "nbgrader_config.py").write_text(CONFIG)
    said, found = {}, {}
    for name in names:
        folder = write(root / "theirs", name)
        said[name] = importing.convert(Course(root), folder / f"{name}.ipynb", name, whole=True)
        course = Course(root)
        release.release(course, name, unproven=True)
        for variant in ALL[name].scores:
            nb = fill(nbformat.read(course.released(name), as_version=4), name, variant)
            place = course.submitted(f"{variant}_x", name)
            place.mkdir(parents=True)
            nbformat.write(nb, place / f"{name}.ipynb")
            record = {"student": f"{variant}_x", "assignment": name, "gradable": True, "repairs": []}
            write_json(place / "repair.json", record)
        for row in autograde(course, name).rows:
            assert row.error is None, row.error
            found[name, row.student.removesuffix("_x")] = row.score
    return said, found


def fill(nb: nbformat.NotebookNode, name: str, variant: str) -> nbformat.NotebookNode:
    """A released notebook with the answers of a variant: by nbgrader's ids, or by what the import made of them."""
    answers = ALL[name].answers.get(variant, {})
    for cell in nb.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        for known, source in answers.items():
            if grade_id == known or (
                "--" not in grade_id and grade_id.partition("-")[2] == known.lower().replace("_", "-")
            ):
                cell.source = source
    return nb
