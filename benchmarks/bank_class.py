"""A class whose submissions are the bank's answers, graded from the proofs that are there already.

The whole way is the real one (autograde with its judge and gradebook, feedback), but for the execution: what an answer
emitted stands in .coursework/proved since `coursework prove`, and its cells are put into the submission's notebook.
What is not there is run once, and kept.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from coursework.core.course import CONFIG_NAME, Course
from coursework.core.files import read_json, write_json
from coursework.grading import autograde
from coursework.judging import proof
from coursework.judging.reference import notebook, task
from coursework.proving import cases, record
from coursework.sandbox.execute import RUN_KEY

Executed = dict[tuple[str, str], NotebookNode]  # (item, content of its answer cell) → the cells that ran for it


def course_in(folder: Path, here: Course, assignment: str) -> Course:
    """A course of its own in `folder`, with the assignment, its bank, and the emissions and proofs of `here`."""
    for name in ("source", "bank", "release"):
        shutil.copytree(here.root / name / assignment, folder / name / assignment)
    shutil.copy(here.root / CONFIG_NAME, folder)
    (folder / ".coursework").mkdir()
    for path in here.root.glob(f".coursework/reference-{assignment}-*.json"):
        shutil.copy(path, folder / ".coursework")
    here.state("proved/x").parent.mkdir(exist_ok=True)
    os.symlink(here.root / ".coursework" / "proved", folder / ".coursework" / "proved")
    return Course(folder)


def plain(answer: str) -> str:
    """An answer of the bank without the line for the misconception's sentence, which is the staff's."""
    return cases.MISCONCEPTION.sub("", answer).lstrip("\n")


def proven_runs(course: Course, assignment: str) -> tuple[Executed, int]:
    """What every answer of the bank emitted, and how many of them had to be run now."""
    whole = cases.cases(course, assignment, False, None).cases
    answers = [case for case in whole if case.of_bank]
    keys = {number: record.run_key(course, case, []) for number, case in enumerate(answers)}
    files = {number: course.state(f"proved/{key}.json") for number, key in keys.items()}
    tasks = {str(n): partial(task, course, answers[n].nb) for n, file in files.items() if not file.exists()}
    for name, answer in list(autograde.run_all(course, tasks)):
        assert not answer["error"], answer["error"]
        write_json(files[int(name)], nbformat.reads(answer["notebook"], as_version=4))
    found = {}
    for number, case in enumerate(answers):
        answer = next(c.source for c in case.nb.cells if c.id == case.item)
        found[case.item, plain(answer)] = nbformat.from_dict(read_json(files[number]))
    return found, len(tasks)


def hand_ins(course: Course, assignment: str, count: int | None = None, every: int = 2) -> list[NotebookNode]:
    """Notebooks that hold every answer of the bank at least once, or `count` of them; `every` so many has theory."""
    bank = proof.answers(course, assignment)
    theory = {c.id: c.source for c in notebook(course, assignment).cells if is_solution(c) and is_grade(c)}
    found = []
    for number in range(count or max(len(answers) for answers in bank.values())):
        nb = nbformat.read(course.released(assignment), as_version=4)
        for cell in nb.cells:
            if answers := list(bank.get(cell.id, {}).values()):
                cell.source = plain(answers[number % len(answers)])
            elif cell.id in theory and number % every == every - 1:
                lines = theory[cell.id].splitlines()
                cell.source = "\n".join(x for x in lines if "SOLUTION" not in x and "stub: " not in x)
        found.append(nb)
    return found


def submit(course: Course, assignment: str, student: str, nb: NotebookNode) -> None:
    """Put a submission where collect would."""
    folder = course.submitted(student, assignment)
    folder.mkdir(parents=True)
    nbformat.write(nb, folder / f"{assignment}.ipynb")
    write_json(folder / "repair.json", {"student": student, "assignment": assignment, "gradable": True, "repairs": []})


def composed(nb: NotebookNode, runs: Executed) -> NotebookNode:
    """A submission as if it had run: each item's cells with what they emitted in the item's own proof."""
    answers = {c.id: c.source for c in nb.cells if is_solution(c)}
    outputs, remarks = {}, {}
    for item, tests in cases.items(nb).items():
        run = runs.get((item, answers[item]))
        if run is None:
            continue
        about = run.metadata[RUN_KEY]
        outputs |= {c.id: (c.outputs, c.get("execution_count")) for c in run.cells if c.id in (item, *tests)}
        remarks |= {cell: text for cell, text in about["cells"].items() if cell in (item, *tests)}
        if about["stopped"]:
            remarks |= dict.fromkeys(tests, about["stopped"]["reason"])
    for cell in nb.cells:
        if cell.id in outputs:
            cell.outputs, cell.execution_count = outputs[cell.id]
    nb.metadata[RUN_KEY] = NotebookNode(wall=1.0, cpu=1.0, stopped=None, cells=remarks)
    return nb


def grade(course: Course, assignment: str, runs: Executed) -> autograde.Summary:
    """`coursework autograde`, with `runs` in the place of the sandbox."""

    def replayed(course: Course, makers: dict[str, Callable[[], dict]], *_: object) -> Iterator[tuple[str, dict]]:
        for student, make in makers.items():
            nb = composed(nbformat.reads(make()["notebook"], as_version=4), runs)
            yield student, {"notebook": nbformat.writes(nb), "evidence": {}, "error": None}

    with patch.object(autograde, "run_all", replayed):
        return autograde.autograde(course, assignment)
