"""What students get runs to its end where they run it: on Colab's IPython and ipykernel, without a package of ours."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.utils import is_solution

from coursework.core.cells import skipped
from coursework.core.course import Course
from coursework.judging.reference import checked, executed_source, notebook
from coursework.notebook.submission import looks
from tests.support.colab import colab_kernel
from tests.support.images import write_stand_ins

COURSE = Course(Path(__file__).resolve().parents[2])
ALL = COURSE.assignments


@pytest.fixture(scope="module")
def small_data(tmp_path_factory):
    root = tmp_path_factory.mktemp("data")
    write_stand_ins(root)
    root.chmod(0o755)  # the sandbox is another user
    return root


@pytest.fixture
def run(tmp_path, monkeypatch, small_data):
    kernel, path = colab_kernel()
    monkeypatch.setenv("JUPYTER_PATH", str(path))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")  # the small budget
    monkeypatch.setenv("COURSEWORK_DATA", str(small_data))

    def run(nb):
        client = NotebookClient(
            nb, kernel_name=kernel, timeout=300, allow_errors=True, resources={"metadata": {"path": tmp_path}}
        )
        client.execute()
        return {c.id: [o for o in c.get("outputs", []) if o.output_type == "error"] for c in nb.cells}

    return run


@pytest.mark.parametrize("assignment", ALL)
def test_the_hand_in_table_fits_the_released_cells(assignment):
    text = COURSE.released(assignment).read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    call = re.search(r"cells=(\[.*\])\)$", next("".join(c["source"]) for c in cells if c["id"] == "hand-in"), re.M)
    for cell in cells:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 1
    said = looks({"cells": cells}, json.loads(call[1]))
    assert said and all("has no answer yet" in line for line in said), said


@pytest.mark.parametrize("assignment", ALL)
def test_unanswered_every_check_says_so_in_one_line(run, assignment):
    nb = nbformat.read(COURSE.released(assignment), as_version=4)
    errors = run(nb)
    assert not errors["setup"] and not errors["hand-in"]
    for cell in nb.cells:
        if "--" not in cell.id or cell.id.endswith("--choice") or cell.id.startswith("option-"):  # may stay open
            continue
        assert errors[cell.id], f"{cell.id} passes without an answer"
        for error in errors[cell.id]:
            if error.ename == "CheckFailed":
                assert len(error.traceback) == 1 and "Traceback" not in error.traceback[0]


@pytest.mark.parametrize("assignment", ALL)
def test_answered_all_public_checks_pass(run, assignment):
    nb = nbformat.read(COURSE.released(assignment), as_version=4)
    solutions = {c.id: c.source for c in notebook(COURSE, assignment).cells}
    for cell in nb.cells:
        if is_solution(cell):
            cell.source = solutions[cell.id]
    errors = run(nb)
    assert {k: [(e.ename, e.evalue) for e in v] for k, v in errors.items() if v} == {}
    said = "".join(o.get("text", "") for c in nb.cells for o in c.get("outputs", []))
    assert "public checks passed" in said and "BEGIN COURSEWORK ARTEFACT" in said


@pytest.mark.parametrize("assignment", ALL)
def test_the_reference_runs_as_a_class_does(small_data, monkeypatch, assignment):
    """Without the cells that nobody grades: no check may need what they leave behind."""
    monkeypatch.setenv("COURSEWORK_DATA", str(small_data))
    nb = notebook(COURSE, assignment)
    executed = executed_source(COURSE, assignment, nb, skip=sorted(skipped(nb)))
    assert all(checked(assignment, executed).values())


@pytest.mark.parametrize("assignment", ALL)
def test_the_rules_for_notebooks(assignment):
    for nb in (
        nbformat.read(COURSE.source(assignment), as_version=4),
        nbformat.read(COURSE.released(assignment), as_version=4),
    ):
        nbformat.validate(nb)
        words = sorted(len(c.source.split()) for c in nb.cells if c.cell_type == "markdown")
        assert words[-1] <= 200
        if "release" in nb.metadata.coursework:  # the source's mark schemes and worked answers are not read by students
            assert 10 <= words[len(words) // 2] <= 60
        options = [
            c.id for c in nb.cells if c.id.startswith("option-") and c.metadata.get("nbgrader", {}).get("solution")
        ]
        assert not any(f'"{option}"' in nb.cells[-1].source for option in options)  # the submission check lets them be
        for cell in nb.cells:
            assert re.fullmatch(r"[a-z0-9-]+", cell.id), cell.id
            assert not cell.get("outputs") and not cell.get("execution_count")
            if cell.cell_type == "code" and "def _load_" not in cell.source:  # what is inlined is folded
                visible = cell.source.split("### BEGIN HIDDEN TESTS")[0]
                most = 30 if "release" in nb.metadata.coursework or "### BEGIN SOLUTION" not in visible else 50
                assert len(visible.splitlines()) <= most, cell.id
