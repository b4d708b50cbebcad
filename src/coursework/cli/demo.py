"""A class of twelve, made from the bank, on its whole way: inbox, collect, autograde, feedback, grades.

What each student must get is known before anything runs: the scores in the bank's file names. The demo's course is a
folder of its own; student code runs in the sandbox here as everywhere.
"""

import copy
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution
from rich.console import Console
from rich.table import Table

from coursework.cli.console import grading_progress, summary
from coursework.core.course import CONFIG_NAME, Course, StaffError, read_notebook
from coursework.core.naming import student_id
from coursework.core.tables import show
from coursework.grading import autograde
from coursework.intake import collect
from coursework.judging import proof
from coursework.judging.reference import notebook
from coursework.proving import cases
from coursework.reporting import grades, intake_report
from coursework.returning import feedback
from coursework.sandbox import bubblewrap, clusters
from coursework.sandbox.selftest import start_up

ASSIGNMENT = "hw1-mlp"
MARKER = ".coursework-demo"  # only a folder with this file is ever deleted
CONFIG = """
# The demo's class has a student whose loop never ends: wait less long for it. (The course's own cells have six times
# as long: where sandboxes start cold, the set-up cell imports PyTorch.)
c.CourseworkSettings.cell_seconds = 5
c.CourseworkSettings.total_seconds = 90
"""
MISCONCEPTIONS = {"q1-2-losses": "*base_ten*", "q2-2-accuracy": "*mean_of_batches*", "q2-4-gradients": "*_sign.py"}
NOISE = "import sys, warnings\nwarnings.warn('a warning is no mistake')\nprint('neither is stderr', file=sys.stderr)\n"
CRASH = "import os\n\n\ndef accuracy(y, predicted):\n    os._exit(1)\n"
LOOP = "def accuracy(y, predicted):\n    while True:\n        pass\n"
EATER = "def accuracy(y, predicted):\n    return np.ones((40_000, 40_000)).mean()  # 12.8 GB\n"


@dataclass
class Pupil:
    """One submission of the demo: `picks` puts bank answers in place of right ones; `after` is a change of the file."""

    last: str
    first: str
    what: str
    variant: int = 0
    picks: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    blank: bool = False
    theory: bool = True
    damage: Callable[[NotebookNode], None] = lambda nb: None
    file_name: str = "{last}_{first}_hw1-mlp.ipynb"
    lost: Callable[[str], bool] = lambda item: False


def _duplicate(nb: NotebookNode) -> None:
    """Colab's "copy cell": the same cell twice, ids and metadata and all; the first one is left as released."""
    at = next(i for i, c in enumerate(nb.cells) if c.id == "q2-1-mlp")
    nb.cells.insert(at, copy.deepcopy(nb.cells[at]))


def _strip(nb: NotebookNode) -> None:
    """What a round trip through other editors leaves: no nbgrader metadata, no cell ids."""
    for cell in nb.cells:
        cell.metadata = NotebookNode()
        cell.pop("id", None)
    nb.metadata.pop("coursework", None)
    nb.nbformat_minor = 4


def _from(item: str, order: list[str]) -> Callable[[str], bool]:
    return lambda other: order.index(other) >= order.index(item)


def pupils(order: list[str]) -> list[Pupil]:
    """The class. `order` is the items in the notebook's order: what comes after a crash is lost."""
    return [
        Pupil("Abel", "Nadia", "all right"),
        # Early in the alphabet: the others are graded beside the wait for this loop, not before it.
        Pupil("Aziz", "Omar", "an endless loop", own={"q2-2-accuracy": LOOP}, lost=lambda i: i == "q2-2-accuracy"),
        Pupil("Brouwer", "Jan-Willem", "all right, other ways", variant=1),
        Pupil("Çelik", "Defne", "all right, yet other ways", variant=2),
        Pupil("Diaz", "Lucía", "softmax over the batch", picks={"q2-1-mlp": "*softmax_over_batch*"}),
        Pupil("Evans", "Rhys", "three misconceptions", picks=MISCONCEPTIONS),
        Pupil("Fischer", "Jonas", "blank", blank=True),
        Pupil("García", "Ana", "the kernel exits", own={"q2-2-accuracy": CRASH}, lost=_from("q2-2-accuracy", order)),
        Pupil("Ito", "Ren", "right, noisy on stderr", own={"q1-1-count": NOISE}),
        Pupil("Jansen", "Noor", "a cell twice", damage=_duplicate),
        Pupil("Kowalska", "Zofia", "all metadata gone", damage=_strip),
        Pupil(
            "Lindqvist", "Åsa", "eats memory, “Copy of”", own={"q2-2-accuracy": EATER},
            lost=lambda i: i == "q2-2-accuracy", file_name="Copy of {last}_{first}_hw1-mlp (1).ipynb",
        ),
    ]  # fmt: skip


def _pick(bank: dict[str, str], points: float, variant: int, pattern: str | None) -> tuple[str, float]:
    """(answer, score) from an item's bank: the first wrong one that fits `pattern`, else a right one by number."""
    scored = [(float(cases.SCORE.match(name)[1]), name) for name in sorted(bank)]  # type: ignore[index]
    if pattern:
        for score, name in scored:
            if score < points and Path(name).match(pattern):
                return bank[name], score
        raise StaffError(f"the demo finds no wrong answer {pattern} in the bank")
    right = [name for score, name in scored if score == points]
    return bank[right[variant % len(right)]], points


def hand_in(pupil: Pupil, released: NotebookNode, source: NotebookNode, bank: dict) -> tuple[NotebookNode, float]:
    """The notebook that this pupil hands in, and the automatic points that it must get."""
    nb = copy.deepcopy(released)
    expected = 0.0
    answers = {c.id: c.source for c in source.cells}
    for item, tests in cases.items(nb).items():
        if pupil.blank:
            break
        cell = next(c for c in nb.cells if c.id == item)
        points = sum(float(c.metadata.nbgrader.points) for c in nb.cells if c.id in tests)
        answer, score = _pick(bank[item], points, pupil.variant, pupil.picks.get(item))
        answer = cases.MISCONCEPTION.sub("", answer).lstrip("\n")  # that line is the staff's
        own = pupil.own.get(item)
        cell.source = (own + answer if own == NOISE else own) if own else answer
        expected += 0.0 if pupil.lost(item) else score
    if not pupil.blank and pupil.theory:
        for cell in nb.cells:
            if is_solution(cell) and is_grade(cell):
                text = answers[cell.id].splitlines()
                cell.source = "\n".join(x for x in text if "SOLUTION" not in x and "stub: " not in x)
    pupil.damage(nb)
    return nb, expected


def _clear(folder: Path, course: Course) -> None:
    """An empty folder with our marker in it; what is there is deleted only if an earlier demo made it."""
    root = course.root.resolve()
    if folder == root or folder in root.parents:
        raise StaffError(f"{folder} is the course, or holds it: name another folder with --folder")
    if folder.exists() and not folder.is_dir():
        raise StaffError(f"{folder} is not a folder: name another one with --folder")
    if (folder / MARKER).is_file():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise StaffError(f"{folder} holds files that no demo made: name another folder with --folder, or delete it")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("`coursework demo` made this folder, and deletes it when it runs again.\n")


def build(course: Course, folder: Path) -> tuple[Course, dict[str, tuple[Pupil, float]]]:
    """A course of its own in `folder` with the class's inbox; student id → (pupil, expected automatic points)."""
    folder = folder.resolve()
    _clear(folder, course)
    (folder / "inbox").mkdir()
    for name in ("source", "bank", "release"):
        shutil.copytree(course.root / name / ASSIGNMENT, folder / name / ASSIGNMENT)
    config = (course.root / CONFIG_NAME).read_text(encoding="utf-8")
    (folder / CONFIG_NAME).write_text(config.replace("\nconfigure(c)", CONFIG + "\nconfigure(c)"), encoding="utf-8")
    here = Course(folder)
    source, released = notebook(here, ASSIGNMENT), read_notebook(here.released(ASSIGNMENT))
    bank = proof.answers(here, ASSIGNMENT)
    expected = {}
    for pupil in pupils(list(cases.items(released))):
        nb, points = hand_in(pupil, released, source, bank)
        path = folder / "inbox" / pupil.file_name.format(last=pupil.last, first=pupil.first)
        path.write_text(nbformat.writes(nb), encoding="utf-8")
        expected[student_id(pupil.last, pupil.first)] = (pupil, points)
    return here, expected


def demo(course: Course, folder: Path, console: Console) -> int:
    """Run the whole way and print expected beside obtained; 0 when all twelve are equal."""
    started = time.perf_counter()
    if course.data is not None:
        os.environ["COURSEWORK_DATA"] = str(course.data)
    console.rule("a class of twelve, from the bank")
    here, expected = build(course, folder)
    console.print(f"{len(expected)} submissions in {here.root / 'inbox'}")
    data = f"the data sets in {here.data}" if here.data else "no data set here: small generated stand-in images"
    console.print(f"Data: {data}.")
    # The workers start, with their warm processes, beside the intake.
    with clusters.begun(here, len(expected)):
        console.rule("collect")
        report = collect.collect(here, here.root / "inbox")
        intake_report.show(report, console)
        intake_report.keep(here, report)
        console.rule("autograde")

        def head() -> None:
            console.print(bubblewrap.in_force(here.settings))
            console.print(start_up(here.root))

        with grading_progress(console, ASSIGNMENT) as tell:
            result = autograde.autograde(here, ASSIGNMENT, tell=tell, head=head)
    summary(console, result)
    console.rule("feedback and grades")
    returned = feedback.write_feedback(here, ASSIGNMENT)
    for line in returned.lines():
        console.print(line)
    table = grades.grade_table(here, ASSIGNMENT)
    csv_file = here.root / f"grades-{ASSIGNMENT}.csv"
    grades.write_csv(table, csv_file)
    console.rule("expected beside obtained")
    equal = compare(result, expected, console)
    first = sorted(here.root.glob(f"feedback/*/{ASSIGNMENT}/*.html"))
    console.print(f"Took {time.perf_counter() - started:.0f} s. Open next:")
    console.print(
        f"  {first[3] if len(first) > 3 else here.root / 'feedback'}  (feedback of one student)", soft_wrap=True
    )
    console.print(f"  {csv_file}  (grades, a column per question)", soft_wrap=True)
    formgrader = "jupyter lab --LabApp.default_url=/formgrader"
    console.print(f"  cd {here.root} && {formgrader}  (written answers wait there for a grader)", soft_wrap=True)
    return 0 if equal == len(expected) and returned.exit_code != 1 else 1


def compare(result: autograde.Summary, expected: dict[str, tuple[Pupil, float]], console: Console) -> int:
    """Print the table; how many obtained what was expected."""
    rows = {row.student: row for row in result.rows}
    table = Table("student", "submission", "expected", "obtained", "", "what happened")
    equal = 0
    for student, (pupil, points) in expected.items():
        row = rows.get(student)
        same = row is not None and row.error is None and abs(row.score - points) < 1e-6
        equal += same
        got = "—" if row is None else row.error or f"{row.score:g}"
        mark = "[green]✓[/]" if same else "[bold red]✗[/]"
        table.add_row(student, pupil.what, f"{points:g}", got, mark, "; ".join(row.reasons) if row else "not graded")
    show(console, table)
    console.print(f"[{'green' if equal == len(expected) else 'bold red'}]{equal} of {len(expected)} as expected[/]")
    return equal
